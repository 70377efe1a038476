package com.hotdash.ops.metrics;

import java.util.ArrayList;
import java.util.List;

/** The samples of one name while they are read; one for each set of labels. */
final class Series {
  private final String name;
  private final boolean wanted;
  private final List<Sample> samples = new ArrayList<>();
  private final HashIndex index = new HashIndex(8);

  Series(String name, boolean wanted) {
    this.name = name;
    this.wanted = wanted;
  }

  String name() {
    return name;
  }

  boolean wanted() {
    return wanted;
  }

  List<Sample> samples() {
    return samples;
  }

  /** Returns the place of a sample with these labels, or -1. */
  int find(Labels labels, long hash) {
    int at = index.first(hash);
    while (at >= 0 && !samples.get(at).labels().equals(labels)) {
      at = index.next(hash);
    }
    return at;
  }

  void add(Sample sample, long hash) {
    index.add(hash);
    samples.add(sample);
  }

  long probes() {
    return index.probes();
  }
}
