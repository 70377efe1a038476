package com.hotdash.ops.logs;

import java.util.Collection;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * A bounded map. When it is full, those with the smallest hashes stay: which ones these are does
 * not depend on the order of arrival, and one that was dropped never comes back with half its
 * count.
 */
final class Kept<V> {
  private final int most;
  private final TreeMap<String, V> values = new TreeMap<>();
  private final V dropped;
  private boolean overflowed;

  Kept(int most, Supplier<V> dropped) {
    this.most = most;
    this.dropped = dropped.get();
  }

  V get(String hash, Supplier<V> make) {
    var known = values.get(hash);
    if (known != null) {
      return known;
    }
    if (values.size() >= most) {
      overflowed = true;
      if (hash.compareTo(values.lastKey()) > 0) {
        return dropped;
      }
      values.pollLastEntry();
    }
    var made = make.get();
    values.put(hash, made);
    return made;
  }

  void merge(Kept<V> other, BinaryOperator<V> join) {
    other.values.forEach((hash, value) -> values.merge(hash, value, join));
    overflowed |= other.overflowed || values.size() > most;
    while (values.size() > most) {
      values.pollLastEntry();
    }
  }

  Collection<V> values() {
    return values.values();
  }

  boolean overflowed() {
    return overflowed;
  }
}
