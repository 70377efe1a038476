package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line without what does not matter to what it does: digits of long numbers in messages, ids, and
 * the digits of {@code durationMs}. Two lines with the same key do the same. Not thread-safe.
 */
final class LineKey {
  /** No {@code durationMs} stands in the line. */
  static final long NONE = -1;

  /** It stands there twice, or not as a whole number. */
  static final long UNCLEAR = -2;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final int LONGEST = 4_096;
  private static final byte[] MESSAGE = ascii("message");
  private static final byte[] STACK = ascii("stack");
  private static final byte[] MILLIS = ascii("durationMs");
  private static final byte[] ID = ascii("Id");
  private static final byte[] CODE = ascii("code");
  private static final byte[] URL = ascii("://");

  private final byte[] key = new byte[LONGEST + 8];
  private int length;
  private long micros;

  /** Takes fields, from after a value on; false if the line must be read itself. */
  boolean fields(byte[] bytes, int from, int end) {
    length = 0;
    micros = NONE;
    if (end - from > LONGEST) {
      return false;
    }
    int name = from;
    int nameEnd = from;
    for (int i = from; i < end; ) {
      int c = bytes[i];
      if (c == '"') {
        int close = close(bytes, i + 1, end);
        if (close < 0) {
          return false;
        }
        if (bytes[close + 1] == ':') {
          name = i + 1;
          nameEnd = close;
          copy(bytes, i, close + 2);
          i = close + 2;
          continue;
        }
        if (is(bytes, name, nameEnd, MESSAGE) || is(bytes, name, nameEnd, STACK)) {
          mask(bytes, i, close + 1);
        } else if (!ends(bytes, name, nameEnd, ID) || !opaque(bytes, i + 1, close)) {
          copy(bytes, i, close + 1);
        }
        i = close + 1;
      } else if (digit(c) && bytes[i - 1] == ':') {
        int stop = i;
        while (digit(bytes[stop])) {
          stop++;
        }
        number(bytes, i, stop, name, nameEnd);
        i = stop;
      } else {
        key[length++] = bytes[i++];
      }
    }
    return true;
  }

  /** Takes free text; false if the line must be read itself. */
  boolean text(byte[] bytes, int from, int end) {
    length = 0;
    micros = NONE;
    if (end - from > LONGEST) {
      return false;
    }
    mask(bytes, from, end);
    return true;
  }

  long micros() {
    return micros;
  }

  private void number(byte[] bytes, int from, int to, int name, int nameEnd) {
    boolean plain = to - from <= 9 && (bytes[to] == ',' || bytes[to] == '}');
    if (is(bytes, name, nameEnd, MILLIS)) {
      if (micros == NONE && plain) {
        micros = 0;
        for (int i = from; i < to; i++) {
          micros = micros * 10 + (bytes[i] - '0');
        }
        micros *= 1_000;
      } else {
        micros = UNCLEAR;
      }
    } else if (!plain || !ends(bytes, name, nameEnd, ID)) {
      copy(bytes, from, to);
    }
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
      if (!digit(c)) {
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
      while (stop < end && digit(bytes[stop])) {
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

  private static boolean before(int c) {
    return c == ' ' || c == '#' || c == '=' || c == '_' || c == '(' || c == '/' || c == '"';
  }

  private static boolean after(int c) {
    return !word(c) && c != '$' && c != '.' && c != '-' && c >= 0;
  }

  private static boolean word(int c) {
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /** Whether a value is an id that no rule could take for a duration. */
  private static boolean opaque(byte[] bytes, int from, int end) {
    boolean sure = false;
    for (int i = from; i < end; i++) {
      int c = bytes[i];
      if (!word(c) && c != '-') {
        return false;
      }
      sure |= c == '_' || c == '-' || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'Z');
    }
    return sure;
  }

  private static int close(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i;
      }
    }
    return -1;
  }

  private void copy(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      key[length++] = bytes[i];
    }
  }

  private static boolean is(byte[] bytes, int from, int to, byte[] word) {
    return to - from == word.length && ends(bytes, from, to, word);
  }

  private static boolean ends(byte[] bytes, int from, int to, byte[] word) {
    int start = to - word.length;
    if (start < from) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[start + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean folded(byte[] bytes, int from, int end, byte[] word) {
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

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
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
