package com.hotdash.ops.logs;

import com.hotdash.ops.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream of bytes into lines, within bounds of bytes, lines and time. */
final class Source {
  // Small enough to stay in a core's second cache while it is filled and scanned.
  private static final int SIZE = 1 << 18;
  private static final int FIRST = 1 << 14;

  private final LineScan scan;
  private final Head head = new Head();
  private final Deadline deadline;
  private final long maxBytes;
  private final long maxLines;
  private byte[] buffer = new byte[FIRST + Triggers.MARGIN];
  private int filled;
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
    boolean skipping = false;
    boolean full = false;
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        return Coverage.Ended.INTERRUPTED;
      }
      if (deadline.expired()) {
        return Coverage.Ended.DEADLINE;
      }
      int size = buffer.length - Triggers.MARGIN;
      if (full && size < SIZE) {
        size *= 2;
        buffer = Arrays.copyOf(buffer, size + Triggers.MARGIN);
      }
      long room = Math.min(size - filled, maxBytes - bytes);
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
        return last(skipping);
      }
      bytes += got;
      int from = filled;
      filled += got;
      head.add(buffer, from, filled);
      if (bytes == got && head.packed()) {
        return Coverage.Ended.NO_LOG;
      }
      full = filled == size;
      int start = 0;
      int newline = lastNewline(from);
      if (newline >= 0) {
        start = skipping ? firstNewline(from) + 1 : 0;
        skipping = false;
        start = lines(start, newline);
        if (start < 0) {
          return Coverage.Ended.LINES;
        }
      }
      if (skipping) {
        start = filled;
      } else if (filled - start > CleanText.LONGEST) {
        cut(start);
        skipping = true;
        start = filled;
      }
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
    }
  }

  private Coverage.Ended last(boolean skipping) {
    if (filled > 0 && !skipping) {
      // A line without its end that is half an object was cut off, as by a copy of what still
      // grows.
      cut += buffer[0] == '{' && buffer[filled - 1] != '}' && buffer[filled - 1] != '\r' ? 1 : 0;
      buffer[filled] = '\n';
      if (lines(0, filled) < 0) {
        return Coverage.Ended.LINES;
      }
    }
    return head.noLog() ? Coverage.Ended.NO_LOG : Coverage.Ended.END;
  }

  /** Takes whole lines; returns where the rest begins, or -1 at the bound of lines. */
  private int lines(int from, int last) {
    int start = from;
    while (start <= last) {
      int end = scan.next(buffer, start, last);
      lines += scan.taken();
      if (end - start > CleanText.LONGEST) {
        cut++;
      }
      start = end + 1;
      if (lines >= maxLines) {
        return -1;
      }
    }
    return start;
  }

  private void cut(int start) {
    int end = start + CleanText.LONGEST;
    buffer[end] = '\n';
    lines++;
    cut++;
    scan.next(buffer, start, end);
  }

  private int lastNewline(int from) {
    for (int i = filled - 1; i >= from; i--) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private int firstNewline(int from) {
    int i = from;
    while (buffer[i] != '\n') {
      i++;
    }
    return i;
  }
}
