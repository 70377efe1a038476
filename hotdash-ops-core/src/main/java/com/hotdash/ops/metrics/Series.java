package com.hotdash.ops.metrics;

import java.util.ArrayList;
import java.util.List;

/** The samples of one name while they are read; one for each set of labels. */
final class Series {
  private final String name;
  private final boolean wanted;
  private final List<Sample> samples = new ArrayList<>();
  private int[] slots = new int[16];

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
  int find(Labels labels) {
    for (int slot = slot(labels); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
      if (samples.get(slots[slot] - 1).labels().equals(labels)) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  void add(Sample sample) {
    samples.add(sample);
    if (samples.size() * 2 > slots.length) {
      slots = new int[slots.length * 2];
      for (int i = 0; i < samples.size(); i++) {
        put(samples.get(i).labels(), i);
      }
    } else {
      put(sample.labels(), samples.size() - 1);
    }
  }

  private void put(Labels labels, int index) {
    int slot = slot(labels);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = index + 1;
  }

  private int slot(Labels labels) {
    int hash = labels.hashCode() * 0x9E3779B9;
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }
}
