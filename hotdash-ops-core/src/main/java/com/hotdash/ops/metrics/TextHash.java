package com.hotdash.ops.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hashes bytes with a key. Names and values come from outside: without the key nobody can write
 * many that fall together.
 */
final class TextHash {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final long start;
  private final long factor;

  TextHash(long key) {
    this.start = fold(key ^ ODD, ODD);
    // An odd factor keeps every bit of what is multiplied.
    this.factor = fold(start ^ key, 0xD6E8FEB86659FD93L) | 1;
  }

  long of(byte[] b, int from, int to) {
    long hash = start ^ (to - from);
    int i = from;
    for (; i + 8 <= to; i += 8) {
      hash = fold(hash ^ (long) WORD.get(b, i), factor);
    }
    long rest = 0;
    for (; i < to; i++) {
      rest = rest << 8 | (b[i] & 0xFF);
    }
    return fold(fold(hash ^ rest, factor), ODD);
  }

  /** Hashes a label. Labels are added up, so that their order does not count. */
  long pair(long name, long value) {
    return fold(name ^ Long.rotateLeft(value, 32) ^ start, factor);
  }

  // Both halves of the product: a shift or an exclusive or alone lets chosen bits cancel out.
  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b);
  }
}
