package com.hotdash.ops.procedure;

/** Bytes as people read them; the platform's MB are 2²⁰ bytes. */
final class Megabytes {
  static final double ONE = 1 << 20;

  private Megabytes() {}

  static long of(long bytes) {
    return Math.round(bytes / ONE);
  }

  static long bytes(int megabytes) {
    return (long) megabytes << 20;
  }
}
