package com.hotdash.ops.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads one sample line, forgiving blanks. What it read stands in its fields until the next. */
final class SampleParser {
  private static final String START_TIME =
      "a start time (st@) of OpenMetrics 2.0, which is not supported";

  private final ByteTable<Series> names;
  private final LabelParser labels;
  private final boolean openMetrics;
  private final Numbers numbers = new Numbers();

  private int at;
  private @Nullable Series series;
  private double value;
  private @Nullable Instant timestamp;

  SampleParser(ByteTable<Series> names, LabelParser labels, boolean openMetrics) {
    this.names = names;
    this.labels = labels;
    this.openMetrics = openMetrics;
  }

  /** Reads a line without blanks at its ends. Returns what is wrong with it, or null. */
  @Nullable String parse(byte[] b, int from, int to) {
    series = null;
    timestamp = null;
    labels.clear();
    at = Texts.metricName(b, from, to);
    if (at > from) {
      series = names.get(b, from, at).value();
      if (!series.wanted()) {
        return null;
      }
    }
    boolean gap = at < to && Texts.blank(b[at]);
    at = Texts.skipBlanks(b, at, to);
    if (at < to && b[at] == '{') {
      var problem = labels.parse(b, at + 1, to, series != null);
      if (problem != null) {
        return problem;
      }
      at = labels.end();
      gap = true;
      series = series == null ? labels.quoted() : series;
    }
    var owner = series;
    if (owner == null) {
      return "does not begin with the name of a metric";
    }
    if (!owner.wanted()) {
      return null;
    }
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
      var problem = timestamp(b, to);
      if (problem != null) {
        return problem;
      }
    }
    return at == to ? null : rest(b, to);
  }

  private @Nullable String timestamp(byte[] b, int to) {
    if (startTime(b, to)) {
      return START_TIME;
    }
    int end = Texts.tokenEnd(b, at, to);
    timestamp =
        openMetrics ? Timestamps.seconds(numbers, b, at, end) : Timestamps.millis(b, at, end);
    if (timestamp == null) {
      return "its timestamp is not a number of " + (openMetrics ? "seconds" : "milliseconds");
    }
    at = Texts.skipBlanks(b, end, to);
    return null;
  }

  private @Nullable String rest(byte[] b, int to) {
    if (openMetrics && b[at] == '#') {
      return Exemplars.problem(b, at, to);
    }
    return startTime(b, to) ? START_TIME : "something follows its value and timestamp";
  }

  private boolean startTime(byte[] b, int to) {
    return at + 2 < to && b[at] == 's' && b[at + 1] == 't' && b[at + 2] == '@';
  }

  @Nullable Series series() {
    return series;
  }

  Sample sample(Series owner) {
    return new Sample(owner.name(), labels.labels(), value, timestamp);
  }

  /** The hash of the sample's labels. */
  long hash() {
    return labels.hash();
  }
}
