package com.hotdash.ops.metrics;

import static com.hotdash.ops.metrics.StrictOpenMetrics.must;

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
      must(end > at, line, "a sample begins with the name of a metric");
      var name = text(at, end);
      at = end;
      var labels = at < to && b[at] == '{' ? labels() : Map.<String, String>of();
      space();
      double value = number("a value is a number");
      Double timestamp = null;
      if (at < to && !(at + 1 < to && b[at + 1] == '#')) {
        space();
        timestamp = time();
      }
      boolean exemplar = at < to;
      if (exemplar) {
        exemplar();
      }
      must(at == to, line, "nothing follows the value, the timestamp and the exemplar");
      return new StrictSample(name, labels, value, timestamp, exemplar);
    }

    private void exemplar() {
      must(
          at + 4 <= to && text(at, at + 4).equals(" # {"),
          line,
          "an exemplar begins with one space, #, one space and its labels");
      at += 3;
      int size =
          labels().entrySet().stream()
              .mapToInt(e -> points(e.getKey()) + points(e.getValue()))
              .sum();
      must(size <= EXEMPLAR_CODE_POINTS, line, "an exemplar's labels have at most 128 characters");
      space();
      number("an exemplar's value is a number");
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
        must(end > at, line, "a label has a name, and no space or comma too many around it");
        var name = text(at, end);
        must(
            end + 1 < to && b[end] == '=' && b[end + 1] == '"',
            line,
            "a label's name is followed by = and a quoted value, without spaces");
        int close = Texts.closingQuote(b, end + 2, to);
        must(close >= 0, line, "a quoted value is closed");
        must(
            labels.put(name, Texts.unescape(b, end + 2, close)) == null,
            line,
            "a label stands once");
        at = close + 1;
        must(
            at < to && (b[at] == ',' || b[at] == '}'),
            line,
            "labels are parted by a comma and closed by a brace, without spaces");
        if (b[at++] == '}') {
          return labels;
        }
      }
    }

    private void space() {
      must(
          at + 1 < to && b[at] == ' ' && !Texts.blank(b[at + 1]),
          line,
          "there is exactly one space between two tokens, and none at the end");
      at++;
    }

    private double number(String rule) {
      int end = Texts.tokenEnd(b, at, to);
      double value = numbers.parse(b, at, end);
      must(numbers.valid(), line, rule);
      at = end;
      return value;
    }

    private double time() {
      double time = number("a timestamp is a number of seconds");
      must(Double.isFinite(time), line, "a timestamp is not NaN and not infinite");
      return time;
    }

    private String text(int start, int end) {
      return new String(b, start, end - start, StandardCharsets.UTF_8);
    }
  }
}
