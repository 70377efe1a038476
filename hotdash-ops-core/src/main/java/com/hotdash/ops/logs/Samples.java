package com.hotdash.ops.logs;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The three earliest lines, and of those without a time the ones with the smallest marks, so that
 * the choice does not depend on the order of arrival.
 */
final class Samples {
  private static final int MOST = 3;
  private static final int LONGEST = 400;

  private final TreeSet<Sample> kept =
      new TreeSet<>(
          Comparator.comparingLong(Sample::at)
              .thenComparingLong(Sample::mark)
              .thenComparing(Sample::text));

  /**
   * Whether a line of that time could still be chosen.
   *
   * @param mark of a line without a time: a hash of its text; else 0
   */
  boolean wants(long at, long mark) {
    if (kept.size() < MOST) {
      return true;
    }
    var last = kept.last();
    return at < last.at() || (at == last.at() && mark <= last.mark());
  }

  void offer(long at, long mark, Supplier<String> text) {
    if (wants(at, mark)) {
      var whole = text.get();
      var cut = whole.length() > LONGEST ? whole.substring(0, LONGEST) + "…" : whole;
      kept.add(new Sample(at, mark, cut));
      trim();
    }
  }

  void merge(Samples other) {
    kept.addAll(other.kept);
    trim();
  }

  private void trim() {
    while (kept.size() > MOST) {
      kept.pollLast();
    }
  }

  List<String> texts() {
    return kept.stream().map(Sample::text).toList();
  }

  private record Sample(long at, long mark, String text) {}
}
