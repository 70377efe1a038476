package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Free text without what does not matter to what it does: the digits of long numbers. Two texts
 * with the same key do the same. Not thread-safe.
 */
final class LineKey {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final int LONGEST = 4_096;
  private static final byte[] CODE = ascii("code");
  private static final byte[] URL = ascii("://");

  private final byte[] key = new byte[LONGEST + 8];
  private int length;

  /** Takes free text; false if the line must be read itself. */
  boolean text(byte[] bytes, int from, int end) {
    length = 0;
    if (end - from > LONGEST) {
      return false;
    }
    mask(bytes, from, end);
    return true;
  }

  /** Takes a request line up to its duration; false if the line must be read itself. */
  boolean request(byte[] bytes, int from, int duration) {
    boolean fits = text(bytes, from, duration);
    // No text ends so: a request is like requests only.
    key[length++] = '\n';
    return fits;
  }

  /**
   * Copies text with zeros for the digits of numbers that stand alone and have six digits or more:
   * no code has so many. A number in a URL's host, in a name or after the word "code" stays.
   */
  private void mask(byte[] bytes, int from, int end) {
    boolean kept = false;
    boolean url = false;
    for (int i = from; i < end; ) {
      int c = bytes[i];
      if (!Bytes.digit(c)) {
        if ((c | 0x20) == 'c' && folded(bytes, i, end, CODE)) {
          kept = true;
        } else if (c == ':' && folded(bytes, i, end, URL)) {
          url = true;
        } else if (c == ' ' || c == '\n') {
          url = false;
        }
        key[length++] = (byte) c;
        i++;
        continue;
      }
      int stop = i + 1;
      while (stop < end && Bytes.digit(bytes[stop])) {
        stop++;
      }
      int run = stop - i;
      boolean masked =
          !kept
              && !url
              && run >= 6
              && run <= 40
              && i > from
              && before(bytes[i - 1])
              && after(stop < end ? bytes[stop] : ' ');
      if (masked) {
        Arrays.fill(key, length, length + run, (byte) '0');
        length += run;
      } else {
        copy(bytes, i, stop);
      }
      i = stop;
    }
  }

  static boolean before(int c) {
    return c == ' ' || c == '#' || c == '=' || c == '_' || c == '(' || c == '/' || c == '"';
  }

  static boolean after(int c) {
    return !Bytes.word(c) && c != '$' && c != '.' && c != '-' && c >= 0;
  }

  private void copy(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      key[length++] = bytes[i];
    }
  }

  static boolean folded(byte[] bytes, int from, int end, byte[] word) {
    if (from + word.length > end) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if ((bytes[from + i] | 0x20) != (word[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  long hash() {
    return hash(key, 0, length);
  }

  byte[] bytes() {
    return Arrays.copyOf(key, length);
  }

  boolean matches(byte[] other) {
    return Arrays.equals(other, 0, other.length, key, 0, length);
  }

  /** Tells lines apart; no defence against lines made to collide. */
  static long hash(byte[] bytes, int from, int end) {
    long hash = end - (long) from;
    int i = from;
    for (; i + 8 <= end; i += 8) {
      hash = (hash ^ (long) LONG.get(bytes, i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    for (; i < end; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001B3L;
    }
    hash *= 0x9E3779B97F4A7C15L;
    return hash ^ hash >>> 29;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
