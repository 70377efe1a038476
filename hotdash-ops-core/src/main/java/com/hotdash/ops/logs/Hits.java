package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time for pairs of bytes at which something that matters may stand. */
final class Hits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = ONES << 7;
  private static final long FOURS = 0xfcfcfcfcfcfcfcfcL;
  private static final long FOLD = ONES * 0x20;

  private Hits() {}

  /** The highest bit of each byte says whether that byte, with the next one, is of interest. */
  static long in(byte[] bytes, int i) {
    long x = (long) LONG.get(bytes, i);
    long y = (long) LONG.get(bytes, i + 1);
    long folded = x | FOLD;
    long quote = x ^ (ONES * '"');
    long escape = x ^ (ONES * '\\');
    long bracket = (x ^ (ONES * '[')) | ((y | FOLD) ^ (ONES * 'p'));
    long code = (folded ^ (ONES * 'p')) | ((y & FOURS) ^ (ONES * '0'));
    long name = (folded ^ (ONES * 's')) | (y ^ (ONES * '"'));
    long error = quote | (y ^ (ONES * 'e'));
    long blank = quote | (y ^ (ONES * ' '));
    long number = quote | ((((y ^ (ONES * '0')) & (ONES * 0x7f)) + ONES * 0x76) & HIGH);
    // Control characters, DEL and all that is not ASCII.
    long strange = ((x - ONES * ' ') & ~x) | x | (x + ONES);
    return (strange
            | ((escape - ONES) & ~escape)
            | ((bracket - ONES) & ~bracket)
            | ((code - ONES) & ~code)
            | ((name - ONES) & ~name)
            | ((error - ONES) & ~error)
            | ((blank - ONES) & ~blank)
            | ((number - ONES) & ~number))
        & HIGH;
  }
}
