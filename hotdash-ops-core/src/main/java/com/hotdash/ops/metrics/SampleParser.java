package com.hotdash.ops.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads one sample line, forgiving blanks. What it read stands in its fields until the next. */
final class SampleParser {
  private final ByteTable<Series> names;
  private final ByteTable<String> texts = new ByteTable<>(Texts::unescape);
  private final boolean openMetrics;
  private final MetricsLimits limits;
  private final Numbers numbers = new Numbers();
  private final String[] pairs;

  private int at;
  private int used;
  private @Nullable Series series;
  private Labels labels = Labels.NONE;
  private double value;
  private @Nullable Instant timestamp;

  SampleParser(ByteTable<Series> names, boolean openMetrics, MetricsLimits limits) {
    this.names = names;
    this.openMetrics = openMetrics;
    this.limits = limits;
    this.pairs = new String[limits.labels() * 2 + 2];
  }

  /** Reads a line without blanks at its ends. Returns what is wrong with it, or null. */
  @Nullable String parse(byte[] b, int from, int to) {
    series = null;
    used = 0;
    timestamp = null;
    at = Texts.metricName(b, from, to);
    if (at > from) {
      series = names.get(b, from, at);
      if (!series.wanted()) {
        return null;
      }
    }
    boolean gap = at < to && Texts.blank(b[at]);
    at = Texts.skipBlanks(b, at, to);
    if (at < to && b[at] == '{') {
      at++;
      var problem = labels(b, to);
      if (problem != null) {
        return problem;
      }
      gap = true;
    }
    var owner = series;
    if (owner == null) {
      return "does not begin with the name of a metric";
    }
    if (!owner.wanted()) {
      return null;
    }
    labels = Labels.sorted(pairs, used);
    at = Texts.skipBlanks(b, at, to);
    return !gap && at < to ? "not a character of a name" : numbers(b, to);
  }

  private @Nullable String numbers(byte[] b, int to) {
    if (at == to) {
      return "has no value";
    }
    int end = Texts.tokenEnd(b, at, to);
    if (b[at] == '{') {
      return "a composite value of OpenMetrics 2.0, which is not supported";
    }
    value = numbers.parse(b, at, end);
    if (!numbers.valid()) {
      return "its value is not a number";
    }
    if (!openMetrics && Double.isInfinite(value) && (b[end - 1] | 0x20) <= '9') {
      return "its value is out of range";
    }
    at = Texts.skipBlanks(b, end, to);
    if (at < to && b[at] != '#') {
      if (b[at] == 's' && at + 2 < to && b[at + 1] == 't' && b[at + 2] == '@') {
        return "a start time (st@) of OpenMetrics 2.0, which is not supported";
      }
      end = Texts.tokenEnd(b, at, to);
      var problem = openMetrics ? seconds(b, end) : millis(b, end);
      if (problem != null) {
        return problem;
      }
      at = Texts.skipBlanks(b, end, to);
    }
    if (at == to) {
      return null;
    }
    if (openMetrics && b[at] == '#') {
      return Exemplars.problem(b, at, to);
    }
    return openMetrics && b[at] == 's'
        ? "a start time (st@) of OpenMetrics 2.0, which is not supported"
        : "something follows its value and timestamp";
  }

  private @Nullable String millis(byte[] b, int end) {
    boolean negative = b[at] == '-';
    int i = negative || b[at] == '+' ? at + 1 : at;
    if (i == end || end - i > 18) {
      return "its timestamp is not a number of milliseconds";
    }
    long millis = 0;
    for (; i < end; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return "its timestamp is not a number of milliseconds";
      }
      millis = millis * 10 + (b[i] - '0');
    }
    timestamp = Instant.ofEpochMilli(negative ? -millis : millis);
    return null;
  }

  private @Nullable String seconds(byte[] b, int end) {
    double seconds = numbers.parse(b, at, end);
    // Instant ends at 10^9 years; far before that a time is no time.
    if (!numbers.valid() || !(Math.abs(seconds) < 1e12)) {
      return "its timestamp is not a number of seconds";
    }
    double whole = Math.floor(seconds);
    timestamp = Instant.ofEpochSecond((long) whole, Math.round((seconds - whole) * 1e9));
    return null;
  }

  private @Nullable String labels(byte[] b, int to) {
    boolean first = true;
    while (true) {
      at = Texts.skipBlanks(b, at, to);
      if (at < to && b[at] == '}') {
        at++;
        return null;
      }
      var problem = label(b, to, first);
      if (problem != null) {
        return problem;
      }
      first = false;
      at = Texts.skipBlanks(b, at, to);
      if (at < to && b[at] == ',') {
        at++;
      } else if (at == to || b[at] != '}') {
        return "its labels are not closed";
      }
    }
  }

  private @Nullable String label(byte[] b, int to, boolean first) {
    int from = at;
    int end;
    boolean quoted = at < to && b[at] == '"';
    if (quoted) {
      from++;
      end = Texts.closingQuote(b, from, to);
      if (end < 0) {
        return "a quote is not closed";
      }
      at = end + 1;
    } else {
      end = Texts.labelName(b, at, to);
      if (end == at) {
        return "not the name of a label";
      }
      at = end;
    }
    at = Texts.skipBlanks(b, at, to);
    if (at == to || b[at] != '=') {
      if (!quoted || series != null || !first) {
        return "a label has no value";
      }
      series = names.get(b, from, end);
      return end == from ? "the name of the metric is empty" : null;
    }
    if (from == end) {
      return "the name of a label is empty";
    }
    at = Texts.skipBlanks(b, at + 1, to);
    if (at == to || b[at] != '"') {
      return "the value of a label is not quoted";
    }
    int open = at + 1;
    int close = Texts.closingQuote(b, open, to);
    if (close < 0) {
      return "a quote is not closed";
    }
    if (close - open > limits.labelBytes()) {
      return "the value of a label is longer than " + limits.labelBytes() + " bytes";
    }
    at = close + 1;
    if (used == pairs.length - 2) {
      return "more than " + limits.labels() + " labels";
    }
    used = Labels.insert(pairs, used, texts.get(b, from, end), texts.get(b, open, close));
    return used < 0 ? "a label stands twice" : null;
  }

  @Nullable Series series() {
    return series;
  }

  Sample sample(Series owner) {
    return new Sample(owner.name(), labels, value, timestamp);
  }
}
