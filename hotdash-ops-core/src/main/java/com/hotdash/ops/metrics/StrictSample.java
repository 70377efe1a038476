package com.hotdash.ops.metrics;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One sample line of an OpenMetrics exposition, read without any forgiveness. */
record StrictSample(
    String name,
    Map<String, String> labels,
    double value,
    @Nullable Double timestamp,
    boolean exemplar) {
  private static final int EXEMPLAR_CODE_POINTS = 128;

  static StrictSample parse(byte[] bytes, int from, int to, long line) {
    return new Cursor(bytes, from, to, line).sample();
  }

  /** Where the reading of a line is. */
  private static final class Cursor {
    private final byte[] b;
    private final int to;
    private final long line;
    private final Numbers numbers = new Numbers();
    private int at;

    Cursor(byte[] b, int from, int to, long line) {
      this.b = b;
      this.at = from;
      this.to = to;
      this.line = line;
    }

    StrictSample sample() {
      int end = Texts.metricName(b, at, to);
      OpenMetricsRule.SAMPLE_NAME.check(end > at, line);
      var name = text(at, end);
      at = end;
      var labels = at < to && b[at] == '{' ? labels() : Map.<String, String>of();
      space();
      double value = number(OpenMetricsRule.VALUE);
      Double timestamp = null;
      if (at < to && !(at + 1 < to && b[at + 1] == '#')) {
        space();
        timestamp = time();
      }
      boolean exemplar = at < to;
      if (exemplar) {
        exemplar();
      }
      OpenMetricsRule.NOTHING_AFTER.check(at == to, line);
      return new StrictSample(name, labels, value, timestamp, exemplar);
    }

    private void exemplar() {
      OpenMetricsRule.EXEMPLAR_BEGIN.check(at + 4 <= to && text(at, at + 4).equals(" # {"), line);
      at += 3;
      int size =
          labels().entrySet().stream()
              .mapToInt(e -> points(e.getKey()) + points(e.getValue()))
              .sum();
      OpenMetricsRule.EXEMPLAR_SIZE.check(size <= EXEMPLAR_CODE_POINTS, line);
      space();
      number(OpenMetricsRule.EXEMPLAR_VALUE);
      if (at < to) {
        space();
        time();
      }
    }

    private static int points(String text) {
      return text.codePointCount(0, text.length());
    }

    private Map<String, String> labels() {
      var labels = new LinkedHashMap<String, String>();
      at++;
      if (at < to && b[at] == '}') {
        at++;
        return labels;
      }
      while (true) {
        int end = Texts.labelName(b, at, to);
        OpenMetricsRule.LABEL_NAME.check(end > at, line);
        var name = text(at, end);
        OpenMetricsRule.LABEL_VALUE.check(end + 1 < to && b[end] == '=' && b[end + 1] == '"', line);
        int close = Texts.closingQuote(b, end + 2, to);
        OpenMetricsRule.QUOTE.check(close >= 0, line);
        OpenMetricsRule.LABEL_ONCE.check(
            labels.put(name, Texts.unescape(b, end + 2, close)) == null, line);
        at = close + 1;
        OpenMetricsRule.LABELS_PARTED.check(at < to && (b[at] == ',' || b[at] == '}'), line);
        if (b[at++] == '}') {
          return labels;
        }
      }
    }

    private void space() {
      OpenMetricsRule.ONE_SPACE.check(at + 1 < to && b[at] == ' ' && !Texts.blank(b[at + 1]), line);
      at++;
    }

    private double number(OpenMetricsRule rule) {
      int end = Texts.tokenEnd(b, at, to);
      double value = numbers.parse(b, at, end);
      rule.check(numbers.valid(), line);
      at = end;
      return value;
    }

    private double time() {
      double time = number(OpenMetricsRule.TIMESTAMP);
      OpenMetricsRule.TIMESTAMP_FINITE.check(Double.isFinite(time), line);
      return time;
    }

    private String text(int start, int end) {
      return new String(b, start, end - start, StandardCharsets.UTF_8);
    }
  }
}
