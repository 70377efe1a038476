package com.hotdash.ops.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds what was made of the same bytes before, so that equal names and values are one object. */
final class ByteTable<T> {
  /** Makes a value of bytes. */
  interface Maker<T> {
    T make(byte[] bytes, int from, int to);
  }

  /** What was made of some bytes, with their hash. */
  static final class Entry<T> {
    private final byte[] key;
    private final long hash;
    private final T value;

    Entry(byte[] key, long hash, T value) {
      this.key = key;
      this.hash = hash;
      this.value = value;
    }

    long hash() {
      return hash;
    }

    T value() {
      return value;
    }
  }

  private final TextHash hashes;
  private final Maker<T> maker;
  private final HashIndex index = new HashIndex(512);
  private final List<Entry<T>> entries = new ArrayList<>();

  ByteTable(TextHash hashes, Maker<T> maker) {
    this.hashes = hashes;
    this.maker = maker;
  }

  Entry<T> get(byte[] bytes, int from, int to) {
    long hash = hashes.of(bytes, from, to);
    for (int i = index.first(hash); i >= 0; i = index.next(hash)) {
      var entry = entries.get(i);
      if (Arrays.equals(entry.key, 0, entry.key.length, bytes, from, to)) {
        return entry;
      }
    }
    var made = new Entry<>(Arrays.copyOfRange(bytes, from, to), hash, maker.make(bytes, from, to));
    index.add(hash);
    entries.add(made);
    return made;
  }

  long probes() {
    return index.probes();
  }
}
