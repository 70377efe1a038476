package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.testkit.postgres.PgProxy.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a proxy was told, shared by all its connections. Thread-safe. */
final class ProxyControl {
  private long bytesLeft = Long.MAX_VALUE;
  private Duration latency = Duration.ZERO;
  private long statements;
  private long failing;
  private @Nullable Failure failure;

  synchronized void latency(Duration wait) {
    latency = wait;
  }

  synchronized Duration latency() {
    return latency;
  }

  synchronized void silenceAfter(long bytes) {
    bytesLeft = bytes;
  }

  synchronized void failStatement(int statement, Failure how) {
    failing = statements + statement;
    failure = how;
  }

  synchronized void resume() {
    bytesLeft = Long.MAX_VALUE;
    failure = null;
    notifyAll();
  }

  synchronized long statements() {
    return statements;
  }

  /** Counts a statement and says how it fails, or {@code null} if it goes through. */
  synchronized @Nullable Failure statement() {
    statements++;
    if (failure == null || statements != failing) {
      return null;
    }
    if (failure == Failure.SILENCE) {
      bytesLeft = 0;
    }
    return failure;
  }

  /** Lets waiting connections look whether they are still open. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits until bytes may go through.
   *
   * @throws IOException if the client's connection was closed meanwhile
   */
  synchronized void awaitSound(Socket client) throws IOException {
    try {
      while (bytesLeft == 0) {
        if (client.isClosed()) {
          throw new IOException("the connection was cut");
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the connection was cut");
    }
  }

  /** Waits until bytes may go to a client, and says how many. */
  synchronized int take(int wanted, Socket client) throws IOException {
    awaitSound(client);
    int granted = (int) Math.min(wanted, bytesLeft);
    if (bytesLeft != Long.MAX_VALUE) {
      bytesLeft -= granted;
    }
    return granted;
  }
}
