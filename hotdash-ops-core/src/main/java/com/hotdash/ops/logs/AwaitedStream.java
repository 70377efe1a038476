package com.hotdash.ops.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose {@code read} comes back soon even if that of the stream behind it never does: that
 * one is read by a daemon thread. Nothing for a while is 0 bytes.
 */
final class AwaitedStream extends InputStream {
  private static final long PATIENCE_MILLIS = 50;
  private static final int CHUNK = 1 << 17;

  private final InputStream in;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(2);
  private volatile boolean closed;
  private @Nullable Chunk current;
  private int taken;

  private AwaitedStream(InputStream in) {
    this.in = in;
  }

  static AwaitedStream of(InputStream in) {
    var stream = new AwaitedStream(in);
    var thread = new Thread(stream::run, "hotdash-ops-log-stream");
    thread.setDaemon(true);
    thread.start();
    return stream;
  }

  private void run() {
    var buffer = new byte[CHUNK];
    boolean more = true;
    while (more && !closed) {
      var chunk = next(buffer);
      more = chunk.failure == null && !chunk.end;
      hand(chunk);
    }
  }

  private Chunk next(byte[] buffer) {
    try {
      int got = in.read(buffer, 0, buffer.length);
      return new Chunk(Arrays.copyOf(buffer, Math.max(0, got)), got < 0, null);
    } catch (IOException e) {
      return new Chunk(new byte[0], false, e);
    } catch (RuntimeException e) {
      // A foreign stream may throw anything: the reading thread must hear of it, or it would wait.
      return new Chunk(new byte[0], false, new IOException("the stream broke", e));
    }
  }

  private void hand(Chunk chunk) {
    try {
      boolean handed = false;
      while (!handed && !closed) {
        handed = chunks.offer(chunk, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // Nobody but the end of the process interrupts this thread.
      closed = true;
    }
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("one byte at a time is never read");
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var chunk = current == null ? await() : current;
    if (chunk == null) {
      return 0;
    }
    current = chunk;
    if (chunk.failure != null) {
      throw chunk.failure;
    }
    if (chunk.end) {
      return -1;
    }
    int count = Math.min(length, chunk.bytes.length - taken);
    System.arraycopy(chunk.bytes, taken, buffer, offset, count);
    taken += count;
    if (taken == chunk.bytes.length) {
      current = null;
      taken = 0;
    }
    return count;
  }

  private @Nullable Chunk await() {
    try {
      return chunks.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Lets the thread end once its read comes back. The stream behind stays open. */
  @Override
  public void close() {
    closed = true;
  }

  private static final class Chunk {
    private final byte[] bytes;
    private final boolean end;
    private final @Nullable IOException failure;

    Chunk(byte[] bytes, boolean end, @Nullable IOException failure) {
      this.bytes = bytes;
      this.end = end;
      this.failure = failure;
    }
  }
}
