package com.hotdash.ops.metrics;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines, in one buffer, within bounds. */
final class Lines {
  private static final int CHUNK = 64 << 10;
  // A stream that keeps giving nothing is as good as broken.
  private static final int EMPTY_READS = 1000;

  private final InputStream in;
  private final long maxBytes;
  private final int maxLine;
  private byte[] buffer = new byte[CHUNK];
  private int position;
  private int limit;
  private long total;
  private boolean ended;

  private int start;
  private int end;
  private long number;
  private boolean tooLong;
  private boolean terminated = true;
  private boolean truncated;
  private @Nullable String broken;

  Lines(InputStream in, long maxBytes, int maxLine) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.maxLine = maxLine;
  }

  /** Goes to the next line. Returns false if there is none. */
  boolean next() {
    tooLong = false;
    int scan = position;
    while (true) {
      var b = buffer;
      int to = limit;
      while (scan < to && b[scan] != '\n') {
        scan++;
      }
      if (scan < to) {
        return line(scan, scan + 1, true);
      }
      if (scan - position > maxLine) {
        tooLong = true;
        position = scan;
      }
      int before = position;
      boolean more = fill();
      scan -= before - position;
      if (!more) {
        return (scan > position || tooLong) && line(scan, scan, false);
      }
    }
  }

  private boolean line(int lineEnd, int following, boolean whole) {
    start = position;
    end = lineEnd;
    tooLong |= end - start > maxLine;
    position = following;
    number++;
    terminated = whole;
    return true;
  }

  /** Reads on; moves what is left of the buffer to its beginning. */
  private boolean fill() {
    if (ended) {
      return false;
    }
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    try {
      int read = read((int) Math.min(buffer.length - limit, maxBytes - total + 1));
      if (total + read > maxBytes) {
        truncated = true;
        read = (int) (maxBytes - total);
      }
      ended = read <= 0 || truncated;
      total += Math.max(0, read);
      limit += Math.max(0, read);
      return read > 0;
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (IOException | OpsException e) {
      broken = e instanceof OpsException ops ? ops.problem() : e.getClass().getSimpleName();
      ended = true;
      return false;
    }
  }

  private int read(int most) throws IOException {
    for (int i = 0; i < EMPTY_READS; i++) {
      int read = in.read(buffer, limit, most);
      if (read != 0) {
        return read;
      }
    }
    throw new IOException("the stream gives nothing");
  }

  /** Shows the first bytes without taking them. */
  byte[] head(int most) {
    while (limit < most && fill()) {
      // Small packets: read on until there is enough.
    }
    return Arrays.copyOf(buffer, Math.min(most, limit));
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  long number() {
    return number;
  }

  long total() {
    return total;
  }

  boolean tooLong() {
    return tooLong;
  }

  /** Whether the line has its line end. Without one it may be half a line. */
  boolean terminated() {
    return terminated;
  }

  boolean truncated() {
    return truncated;
  }

  @Nullable String broken() {
    return broken;
  }
}
