package com.hotdash.ops.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds what was made of the same bytes before, so that equal names and values are one object. */
final class ByteTable<T> {
  /** Makes a value of bytes. */
  interface Maker<T> {
    T make(byte[] bytes, int from, int to);
  }

  private static final class Entry<T> {
    private final byte[] key;
    private final int hash;
    private final T value;

    Entry(byte[] key, int hash, T value) {
      this.key = key;
      this.hash = hash;
      this.value = value;
    }
  }

  private final Maker<T> maker;
  private @Nullable Entry<T>[] slots = slots(1024);
  private int used;

  ByteTable(Maker<T> maker) {
    this.maker = maker;
  }

  T get(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return get(bytes, from, to, hash);
  }

  private T get(byte[] bytes, int from, int to, int hash) {
    var table = slots;
    int slot = spread(hash) & (table.length - 1);
    for (var entry = table[slot]; entry != null; entry = table[slot]) {
      if (entry.hash == hash && Arrays.equals(entry.key, 0, entry.key.length, bytes, from, to)) {
        return entry.value;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    var made = new Entry<>(Arrays.copyOfRange(bytes, from, to), hash, maker.make(bytes, from, to));
    table[slot] = made;
    if (++used * 2 > table.length) {
      grow();
    }
    return made.value;
  }

  private void grow() {
    var old = slots;
    var table = ByteTable.<T>slots(old.length * 2);
    for (var entry : old) {
      if (entry != null) {
        int slot = spread(entry.hash) & (table.length - 1);
        while (table[slot] != null) {
          slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = entry;
      }
    }
    slots = table;
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 16);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type has no other way.
  private static <T> @Nullable Entry<T>[] slots(int size) {
    return (Entry<T>[]) new Entry[size];
  }
}
