package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON line that was read, as its text with gaps where a line may differ and still do the same:
 * ids, counts, the digits of {@code durationMs}, numbers in messages. Made by {@link
 * OutlineBuilder}. Immutable.
 */
final class Outline {
  /** The line is another. */
  static final long OTHER = Long.MIN_VALUE;

  /** No {@code durationMs} stands in the line. */
  static final long NONE = -1;

  /** A whole number as JSON writes it, of at most nine digits. */
  static final int NUMBER = -1;

  /** Such a number, in milliseconds. */
  static final int MILLIS = -2;

  /** Plain text up to the closing quotation mark. */
  static final int TEXT = -3;

  /** One digit or more. Gaps above zero are that many digits. */
  static final int DIGITS = -4;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MOST_DIGITS = 9;
  private static final int LONGEST_RUN = 19;

  private final byte[] text;
  private final int[] ends;
  private final int[] gaps;
  private final @Nullable Effect effect;

  /**
   * Makes one.
   *
   * @param text what stands before, between and after the gaps, the newline included
   * @param ends where in it each piece ends
   * @param gaps what stands after each piece but the last
   * @param effect what such a line does, or {@code null} if nothing below the floor of durations
   */
  Outline(byte[] text, int[] ends, int[] gaps, @Nullable Effect effect) {
    this.text = Arrays.copyOf(text, text.length + Long.BYTES);
    this.ends = ends;
    this.gaps = gaps;
    this.effect = effect;
  }

  @Nullable Effect effect() {
    return effect;
  }

  /**
   * Compares a line, which a newline ends.
   *
   * @return where the newline stands, with the line's own duration above it: see {@link #newline}
   *     and {@link #micros(long)}; {@link #OTHER} if the line is another
   */
  long match(byte[] bytes, int start) {
    int at = start;
    int from = 0;
    long millis = NONE;
    for (int i = 0; i < ends.length; i++) {
      int end = ends[i];
      if (!stands(bytes, at, from, end)) {
        return OTHER;
      }
      at += end - from;
      from = end;
      if (i < gaps.length) {
        int stop = gap(bytes, at, gaps[i]);
        if (stop <= at) {
          return OTHER;
        }
        millis = gaps[i] == MILLIS ? number(bytes, at, stop) : millis;
        at = stop;
      }
    }
    return millis << Integer.SIZE | (at - 1);
  }

  static int newline(long match) {
    return (int) match;
  }

  /** The duration that a line tells, or {@link #NONE}. */
  static long micros(long match) {
    long millis = match >> Integer.SIZE;
    return millis < 0 ? NONE : millis * 1_000;
  }

  private boolean stands(byte[] bytes, int at, int from, int end) {
    int i = from;
    int shift = at - from;
    for (; i + 8 <= end; i += 8) {
      if ((long) LONG.get(text, i) != (long) LONG.get(bytes, i + shift)) {
        return false;
      }
    }
    // Both arrays go on for eight bytes; those after the piece are shifted out.
    long difference = (long) LONG.get(text, i) ^ (long) LONG.get(bytes, i + shift);
    return i == end || difference << ((8 - (end - i)) * 8) == 0;
  }

  /** Where a gap that begins there ends; at its beginning if it is none. */
  private static int gap(byte[] bytes, int at, int kind) {
    int i = at;
    if (kind == TEXT) {
      return Bytes.endOfText(bytes, at);
    }
    while (Bytes.digit(bytes[i])) {
      i++;
    }
    int run = i - at;
    if (kind > 0) {
      return run == kind ? i : at;
    }
    if (kind == DIGITS) {
      return run <= LONGEST_RUN ? i : at;
    }
    boolean whole = run <= MOST_DIGITS && (bytes[at] != '0' || run == 1);
    return whole && (bytes[i] == ',' || bytes[i] == '}') ? i : at;
  }

  static long number(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }
}
