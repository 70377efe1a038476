package com.hotdash.ops.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The time axis of plots: its labels, all in UTC, and where they stand. */
final class PlotTimes {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final long DAY = 86_400_000;
  private static final long[] STEPS = {
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    10_800_000,
    21_600_000,
    43_200_000,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY,
    1_000 * DAY
  };

  private PlotTimes() {}

  static void check(Instant at) {
    if (at.isBefore(FIRST) || at.isAfter(LAST)) {
      throw new IllegalArgumentException("a plot shows the years 0 to 9999, not " + at);
    }
  }

  static String moment(long millis) {
    return format("uuuu-MM-dd HH:mm:ss", millis);
  }

  /** Names a span once, with the date repeated only where it changes. */
  static String span(long from, long to) {
    boolean sameDay = Math.floorDiv(from, DAY) == Math.floorDiv(to, DAY);
    return moment(from) + " to " + (sameDay ? format("HH:mm:ss", to) : moment(to)) + " UTC";
  }

  /** A moment as short as the span around it allows. */
  static String within(long millis, long from, long to) {
    return to - from < 10_000
        ? format("HH:mm:ss.SSS", millis)
        : Math.floorDiv(from, DAY) == Math.floorDiv(to, DAY)
            ? format("HH:mm:ss", millis)
            : moment(millis);
  }

  /** Chooses round moments, at most {@code most} spans of them. */
  static List<Tick> ticks(long from, long to, int most) {
    long step = Math.max(1, (to - from) / most);
    for (long candidate : STEPS) {
      if (to - from <= candidate * most) {
        step = candidate;
        break;
      }
    }
    var pattern =
        step < 1_000
            ? "mm:ss.S"
            : step < 60_000
                ? "HH:mm:ss"
                : step < DAY ? "HH:mm" : to - from < 365 * DAY ? "MM-dd" : "uuuu-MM";
    var ticks = new ArrayList<Tick>();
    long first = Math.floorDiv(from + step - 1, step) * step;
    for (long at = first; at <= to; at += step) {
      ticks.add(new Tick((double) (at - from) / (to - from), format(pattern, at)));
    }
    return ticks;
  }

  private static String format(String pattern, long millis) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochMilli(millis));
  }

  /** A label on an axis; {@code at} runs from 0 to 1. */
  record Tick(double at, String label) {}
}
