package com.hotdash.ops.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. The call runs on a thread of its own, because neither a name lookup
 * nor a read from a socket heeds interrupts or deadlines; the caller waits on a queue, which does.
 */
final class Exchange implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int CHUNKS_AHEAD = 8;

  private final Call call;
  private final SendGuard guard;
  private final CompletableFuture<Head> head = new CompletableFuture<>();
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private volatile boolean left;
  private volatile boolean ended;

  Exchange(Call call, SendGuard guard) {
    this.call = call;
    this.guard = guard;
  }

  /** Runs the call to its end, on a thread of the pool. */
  void run() {
    try {
      transfer();
    } catch (InterruptedException e) {
      call.cancel();
      Thread.currentThread().interrupt();
    } catch (Throwable t) { // whatever it is, a caller is waiting to be told
      head.completeExceptionally(t);
      fail(t);
    }
  }

  private void transfer() throws IOException, InterruptedException {
    try (var response = call.execute()) {
      var shown = response.handshake();
      head.complete(
          new Head(
              response.code(),
              headers(response.headers()),
              shown == null ? null : ServerCertificate.of(shown.peerCertificates())));
      pump(response.body().byteStream());
    }
  }

  private void pump(InputStream in) throws IOException, InterruptedException {
    var buffer = new byte[CHUNK_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      put(new Piece(ByteBuffer.wrap(Arrays.copyOf(buffer, n)), null));
      if (left) {
        return;
      }
    }
    ended = true;
    put(new Piece(null, null));
  }

  private void fail(Throwable failure) {
    try {
      put(new Piece(null, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // close() empties the queue after setting the flag, so this never waits for somebody who left.
  private void put(Piece piece) throws InterruptedException {
    if (!left) {
      pieces.put(piece);
    }
  }

  private Headers headers(Headers received) {
    var held = guard.heldRetryAfter();
    return held == null
        ? received
        : received.newBuilder().addUnsafeNonAscii("Retry-After", held).build();
  }

  /** Waits for status and headers. */
  Head head(Duration wait) throws InterruptedException, TimeoutException, ExecutionException {
    return head.get(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits for the next piece of the body; {@code null} if none came in time. */
  @Nullable Piece next(Duration wait) throws InterruptedException {
    return pieces.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the call, and returns whether something of the request may have been sent. */
  boolean giveUp() {
    boolean sent = guard.giveUp();
    call.cancel();
    return sent;
  }

  @Override
  public void close() {
    left = true;
    if (!ended) {
      call.cancel();
    }
    pieces.clear();
  }

  /** Status, headers, and what the server showed for itself. */
  record Head(int status, Headers headers, @Nullable ServerCertificate certificate) {}

  /** A part of the body; without bytes it is the end, or the failure that ended it. */
  record Piece(@Nullable ByteBuffer bytes, @Nullable Throwable failure) {}
}
