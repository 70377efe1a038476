package com.hotdash.ops.metrics;

import java.util.Arrays;

/** Finds entries by hash; they are numbered in the order in which they were added. */
final class HashIndex {
  private int[] slots;
  private long[] hashes;
  private int size;
  private int cursor;
  private long probes;

  HashIndex(int expected) {
    this.slots = new int[Integer.highestOneBit(Math.max(8, expected)) * 2];
    this.hashes = new long[slots.length / 2];
  }

  /** Returns the first entry of a hash, or -1. */
  int first(long hash) {
    cursor = (int) hash & (slots.length - 1);
    return scan(hash);
  }

  /** Returns the entry of the same hash after the one that was returned last, or -1. */
  int next(long hash) {
    cursor = (cursor + 1) & (slots.length - 1);
    return scan(hash);
  }

  private int scan(long hash) {
    var table = slots;
    int at = cursor;
    for (; table[at] != 0; at = (at + 1) & (table.length - 1)) {
      probes++;
      if (hashes[table[at] - 1] == hash) {
        cursor = at;
        return table[at] - 1;
      }
    }
    return -1;
  }

  /** Adds an entry and returns its number. */
  int add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      slots = new int[slots.length * 2];
      for (int i = 0; i < size; i++) {
        put(i);
      }
    }
    hashes[size] = hash;
    put(size);
    return size++;
  }

  private void put(int entry) {
    int at = (int) hashes[entry] & (slots.length - 1);
    while (slots[at] != 0) {
      probes++;
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = entry + 1;
  }

  /** How many entries were looked at, as the measure of the work that was done. */
  long probes() {
    return probes;
  }
}
