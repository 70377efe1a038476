package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines from raw bytes. A JSON line below ERROR without any word that matters is counted by
 * its head alone; a line like one read before, ids and durations aside, does what that one did; all
 * others are read in full. Not thread-safe.
 */
final class LineScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] HEAD = ascii("{\"timestamp\":\"");
  private static final byte[] LEVEL = ascii("\",\"level\":\"");
  private static final byte[] MILLIS = ascii("\"durationMs\":");
  private static final int AFTER_TIME = HEAD.length + 24;
  private static final int WORD = AFTER_TIME + LEVEL.length;
  private static final int SLOTS = 1 << 13;
  private static final int LONGEST_KEY = 4_096;
  private static final long NONE = Long.MIN_VALUE;

  private final Tally tally;
  private final Triggers triggers;
  private final boolean shortcuts;
  private final Joiner joiner;
  private final @Nullable Slot[] slots = new Slot[SLOTS];
  private final byte[] key = new byte[LONGEST_KEY];
  private boolean machines;
  private long day = NONE;
  private int dayDigits = -1;

  LineScan(Tally tally, Triggers triggers, boolean shortcuts) {
    this.tally = tally;
    this.triggers = triggers;
    this.shortcuts = shortcuts;
    this.joiner = new Joiner(this::whole);
  }

  void add(LogLine line) {
    tally.pass(1);
    joiner.add(line);
  }

  void end() {
    joiner.flush();
  }

  /** Whether lines named their machine, so that a trace may go on far below its head. */
  boolean machines() {
    return machines;
  }

  private void whole(LogLine line) {
    machines |= line.instance() != null;
    tally.add(line);
  }

  /** The array must go on for eight bytes after {@code end}. */
  void line(byte[] bytes, int start, int end) {
    long at = shortcuts && end - start > WORD + 6 ? time(bytes, start) : NONE;
    if (at == NONE) {
      add(LogLine.of(text(bytes, start, end)));
      return;
    }
    int word = start + WORD;
    boolean quiet =
        switch (bytes[word]) {
          case 'i' -> is(bytes, word, "info\"");
          case 'd' -> is(bytes, word, "debug\"");
          case 'w' -> is(bytes, word, "warn\"");
          default -> false;
        };
    int flags = quiet ? triggers.scan(bytes, word, end) : Triggers.FULL;
    joiner.end("");
    if (flags == 0) {
      tally.pass(1);
      tally.time(at);
      return;
    }
    like(bytes, start, end, at);
  }

  private static boolean is(byte[] bytes, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void like(byte[] bytes, int start, int end, long at) {
    int length = end - start - AFTER_TIME;
    if (length > LONGEST_KEY) {
      read(bytes, start, end);
      return;
    }
    long micros = normalise(bytes, start + AFTER_TIME, length);
    long hash = hash(length);
    int index = (int) (hash >>> 51);
    var slot = slots[index];
    if (slot != null && slot.hash == hash && slot.matches(key, length)) {
      if (!tally.again(slot.effect, at, micros)) {
        read(bytes, start, end);
      }
      return;
    }
    var effect = read(bytes, start, end);
    boolean timed = micros >= 0 && effect.unitSource() == UnitSource.FIELD_NAME;
    if (tally.typical(at) && (effect.histogram() == null || timed)) {
      slots[index] = new Slot(hash, Arrays.copyOf(key, length), effect);
    }
  }

  private Tally.Effect read(byte[] bytes, int start, int end) {
    tally.pass(1);
    return tally.add(LogLine.of(text(bytes, start, end)));
  }

  private static String text(byte[] bytes, int start, int end) {
    int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    return new String(bytes, start, stop - start, StandardCharsets.UTF_8);
  }

  /**
   * Copies the line with zeros for the digits of durations and of numbers of six digits and more:
   * no code has so many, so the template and the codes of two lines with the same key are equal.
   */
  private long normalise(byte[] bytes, int start, int length) {
    System.arraycopy(bytes, start, key, 0, length);
    long micros = -1;
    int i = 0;
    while (i < length) {
      if (!digit(key[i])) {
        i++;
        continue;
      }
      int run = i;
      while (i < length && digit(key[i])) {
        i++;
      }
      if (i - run >= 6) {
        Arrays.fill(key, run, i, (byte) '0');
      } else if (endsWithMillis(run)) {
        micros =
            i < length && (key[i] == '.' || key[i] == 'e')
                ? -2
                : micros == -1 ? number(run, i) * 1_000 : -2;
        if (micros >= 0) {
          Arrays.fill(key, run, i, (byte) '0');
        }
      }
    }
    return micros;
  }

  private boolean endsWithMillis(int end) {
    return end >= MILLIS.length
        && Arrays.equals(key, end - MILLIS.length, end, MILLIS, 0, MILLIS.length);
  }

  private long number(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + key[i] - '0';
    }
    return value;
  }

  private long hash(int length) {
    long hash = length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      hash = (hash ^ (long) LONG.get(key, i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    for (; i < length; i++) {
      hash = hash * 0x100000001B3L + key[i];
    }
    return hash * 0x9E3779B97F4A7C15L;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The line's time in milliseconds, or {@link #NONE} if the head is not as HotDash writes it. */
  private long time(byte[] bytes, int start) {
    int t = start + HEAD.length;
    if (!Arrays.equals(bytes, start, t, HEAD, 0, HEAD.length)
        || !Arrays.equals(bytes, start + AFTER_TIME, start + WORD, LEVEL, 0, LEVEL.length)
        || bytes[t + 4] != '-'
        || bytes[t + 7] != '-'
        || bytes[t + 10] != 'T'
        || bytes[t + 13] != ':'
        || bytes[t + 16] != ':'
        || bytes[t + 19] != '.'
        || bytes[t + 23] != 'Z') {
      return NONE;
    }
    int year = two(bytes, t) * 100 + two(bytes, t + 2);
    int month = two(bytes, t + 5);
    int date = two(bytes, t + 8);
    int hour = two(bytes, t + 11);
    int minute = two(bytes, t + 14);
    int second = two(bytes, t + 17);
    int millis = two(bytes, t + 20) * 10 + bytes[t + 22] - '0';
    boolean sane =
        year >= 1970
            && month >= 1
            && month <= 12
            && date >= 1
            && date <= 28 + (month == 2 ? 0 : 2)
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60
            && digit(bytes[t + 22])
            && millis >= 0;
    if (!sane) {
      return NONE;
    }
    int digits = year * 10_000 + month * 100 + date;
    if (digits != dayDigits) {
      day = LocalDate.of(year, month, date).toEpochDay() * 86_400_000L;
      dayDigits = digits;
    }
    return day + ((hour * 60L + minute) * 60 + second) * 1_000 + millis;
  }

  private static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : tens * 10 + ones;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Slot {
    private final long hash;
    private final byte[] bytes;
    private final Tally.Effect effect;

    Slot(long hash, byte[] bytes, Tally.Effect effect) {
      this.hash = hash;
      this.bytes = bytes;
      this.effect = effect;
    }

    boolean matches(byte[] other, int length) {
      return Arrays.equals(bytes, 0, bytes.length, other, 0, length);
    }
  }
}
