package com.hotdash.ops.logs;

import com.hotdash.ops.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Cuts a stream of bytes into lines, within bounds of bytes, lines and time. */
final class Source {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
  private static final int SIZE = 1 << 20;
  private static final int MARGIN = 16;

  private final LineScan scan;
  private final Deadline deadline;
  private final long maxBytes;
  private final long maxLines;
  private long bytes;
  private long lines;
  private long cut;

  Source(LineScan scan, Deadline deadline, long maxBytes, long maxLines) {
    this.scan = scan;
    this.deadline = deadline;
    this.maxBytes = maxBytes;
    this.maxLines = maxLines;
  }

  long bytes() {
    return bytes;
  }

  long cut() {
    return cut;
  }

  Coverage.Ended read(InputStream in) {
    var buffer = new byte[SIZE + MARGIN];
    int filled = 0;
    boolean skipping = false;
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        return Coverage.Ended.INTERRUPTED;
      }
      if (deadline.expired()) {
        return Coverage.Ended.DEADLINE;
      }
      long room = Math.min(SIZE - filled, maxBytes - bytes);
      if (room <= 0) {
        return Coverage.Ended.BYTES;
      }
      int got;
      try {
        got = in.read(buffer, filled, (int) room);
      } catch (IOException e) {
        // What was read stands; the coverage says that there was more.
        return Coverage.Ended.FAILED;
      }
      if (got < 0) {
        if (filled > 0 && !skipping) {
          line(buffer, 0, filled);
        }
        return Coverage.Ended.END;
      }
      bytes += got;
      int from = filled;
      filled += got;
      int start = 0;
      int newline = newline(buffer, from, filled);
      while (newline >= 0) {
        if (skipping) {
          skipping = false;
        } else {
          line(buffer, start, newline);
          if (lines >= maxLines) {
            return Coverage.Ended.LINES;
          }
        }
        start = newline + 1;
        newline = newline(buffer, start, filled);
      }
      if (skipping) {
        start = filled;
      } else if (filled - start > CleanText.LONGEST) {
        line(buffer, start, filled);
        skipping = true;
        start = filled;
      }
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
    }
  }

  private void line(byte[] buffer, int start, int end) {
    lines++;
    int stop = end;
    if (end - start > CleanText.LONGEST) {
      cut++;
      stop = start + CleanText.LONGEST;
    }
    scan.line(buffer, start, stop);
  }

  private static int newline(byte[] buffer, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long mixed = (long) LONG.get(buffer, i) ^ NEWLINES;
      long hit = (mixed - 0x0101010101010101L) & ~mixed & 0x8080808080808080L;
      if (hit != 0) {
        return i + (Long.numberOfTrailingZeros(hit) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
