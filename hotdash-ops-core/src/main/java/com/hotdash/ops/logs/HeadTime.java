package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Reads a time such as {@code 2026-11-23T10:00:00.123Z} from bytes. Not thread-safe. */
final class HeadTime {
  static final int LENGTH = 24;
  static final long NONE = Long.MIN_VALUE;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // One look in a few thousand lines sees a new minute; the rest compare sixteen bytes.
  private long day = NONE;
  private long minute = NONE;
  private long startMillis = NONE;

  /** Milliseconds since 1970, or {@link #NONE} if the form is another. */
  long millis(byte[] bytes, int at) {
    long first = (long) LONG.get(bytes, at);
    long second = (long) LONG.get(bytes, at + 8);
    if (first != day || second != minute || startMillis == NONE) {
      day = first;
      minute = second;
      startMillis = start(bytes, at);
      if (startMillis == NONE) {
        return NONE;
      }
    }
    int seconds = two(bytes, at + 17);
    int millis = two(bytes, at + 20) * 10 + bytes[at + 22] - '0';
    boolean sane =
        bytes[at + 16] == ':'
            && bytes[at + 19] == '.'
            && bytes[at + 23] == 'Z'
            && bytes[at + 22] >= '0'
            && bytes[at + 22] <= '9'
            && seconds >= 0
            && seconds < 60
            && millis >= 0;
    return sane ? startMillis + seconds * 1_000L + millis : NONE;
  }

  private static long start(byte[] bytes, int at) {
    boolean marked =
        bytes[at + 4] == '-'
            && bytes[at + 7] == '-'
            && bytes[at + 10] == 'T'
            && bytes[at + 13] == ':';
    int year = two(bytes, at) * 100 + two(bytes, at + 2);
    int month = two(bytes, at + 5);
    int date = two(bytes, at + 8);
    int hour = two(bytes, at + 11);
    int minute = two(bytes, at + 14);
    boolean sane =
        marked
            && year >= 1970
            && month >= 1
            && month <= 12
            && date >= 1
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60;
    if (!sane || date > YearMonth.of(year, month).lengthOfMonth()) {
      return NONE;
    }
    return LocalDateTime.of(year, month, date, hour, minute).toEpochSecond(ZoneOffset.UTC) * 1_000;
  }

  private static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : tens * 10 + ones;
  }
}
