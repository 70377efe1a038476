package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Kinds of bytes of ASCII text. */
final class Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = ONES << 7;

  private Bytes() {}

  static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Letters, digits and the underscore. */
  static boolean word(int c) {
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /**
   * Where the quotation mark stands that ends a text; at its beginning if something stands before
   * it that cleaning or unescaping would change, or that is not ASCII.
   */
  static int endOfText(byte[] bytes, int from) {
    for (int i = from; ; i += 8) {
      long x = (long) LONG.get(bytes, i);
      long quote = x ^ (ONES * '"');
      long escape = x ^ (ONES * '\\');
      long hit =
          (((quote - ONES) & ~quote) | ((escape - ONES) & ~escape) | ((x - ONES * ' ') & ~x) | x)
              & HIGH;
      if (hit != 0) {
        int end = i + (Long.numberOfTrailingZeros(hit) >>> 3);
        return bytes[end] == '"' ? end : from;
      }
    }
  }
}
