package com.hotdash.ops.logs;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The three earliest lines, so that the choice does not depend on the order of arrival. */
final class Samples {
  private static final int MOST = 3;
  private static final int LONGEST = 400;

  private final TreeSet<Sample> kept =
      new TreeSet<>(Comparator.comparingLong(Sample::at).thenComparing(Sample::text));

  /** Whether a line of that time could still be chosen. */
  boolean wants(long at) {
    return kept.size() < MOST || at <= kept.last().at();
  }

  void offer(long at, Supplier<String> text) {
    if (wants(at)) {
      var whole = text.get();
      kept.add(
          new Sample(at, whole.length() > LONGEST ? whole.substring(0, LONGEST) + "…" : whole));
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

  private record Sample(long at, String text) {}
}
