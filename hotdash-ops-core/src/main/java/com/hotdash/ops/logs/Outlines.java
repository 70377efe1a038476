package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Outlines of lines that were read, found by how a line's message begins. Bounded: in a full place
 * a new outline takes the oldest one's. Not thread-safe.
 */
final class Outlines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PLACES = 1 << 9;
  private static final int WAYS = 8;
  // An outline costs about as much as fifty lines that are looked at. Where lines do not repeat, no
  // more than these are made.
  private static final int FREE = 2_000;
  private static final int LINES_EACH = 64;

  private static final long ONES = 0x0101010101010101L;
  private static final long ZEROS = 0x3030303030303030L;
  private static final long LOW_HALVES = 0x0f0f0f0f0f0f0f0fL;
  private static final long HIGH_HALVES = ~LOW_HALVES;

  private final @Nullable Outline[] outlines = new Outline[PLACES * WAYS];
  private final byte[] oldest = new byte[PLACES];
  private long made;
  private long lines;
  private @Nullable Outline found;

  /** The outline of the last match. */
  @Nullable Outline found() {
    return found;
  }

  /**
   * Looks for an outline that a line matches and by which its duration can be counted.
   *
   * @param from where comparing begins
   * @param message where about the message begins, at least 16 bytes before the array's end
   * @return as {@link Outline#match}
   */
  long match(byte[] bytes, int from, int message, long floorMicros) {
    lines++;
    int first = place(bytes, message) * WAYS;
    for (int i = first; i < first + WAYS; i++) {
      var outline = outlines[i];
      if (outline == null) {
        return Outline.OTHER;
      }
      long match = outline.match(bytes, from);
      if (match != Outline.OTHER
          && (outline.effect() != null || Outline.micros(match) < floorMicros)) {
        found = outline;
        if (i > first) {
          // What is frequent comes to stand in front.
          outlines[i] = outlines[i - 1];
          outlines[i - 1] = outline;
        }
        return match;
      }
    }
    return Outline.OTHER;
  }

  /** Whether lines repeat enough for another outline to pay. */
  boolean open() {
    return made < FREE + lines / LINES_EACH;
  }

  void put(byte[] bytes, int message, Outline outline) {
    made++;
    int place = place(bytes, message);
    int first = place * WAYS;
    for (int i = first; i < first + WAYS; i++) {
      if (outlines[i] == null) {
        outlines[i] = outline;
        return;
      }
    }
    outlines[first + oldest[place]] = outline;
    oldest[place] = (byte) ((oldest[place] + 1) % WAYS);
  }

  private static int place(byte[] bytes, int message) {
    long hash = withoutDigits((long) LONG.get(bytes, message)) * 0x9E3779B97F4A7C15L;
    hash ^= withoutDigits((long) LONG.get(bytes, message + 8));
    hash *= 0xC2B2AE3D27D4EB4FL;
    return (int) (hash >>> 55);
  }

  // Numbers differ from line to line: bytes that begin with a 3, as digits do, lose their rest.
  private static long withoutDigits(long x) {
    long other = (x ^ ZEROS) & HIGH_HALVES;
    long kept = ((((other >>> 4) + LOW_HALVES) >>> 4) & ONES) * 0x0f;
    return x & (kept | HIGH_HALVES);
  }
}
