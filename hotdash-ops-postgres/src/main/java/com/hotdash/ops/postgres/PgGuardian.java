package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept between uses, so that there is one when no slot is left. Kept to the
 * server itself only: at a session pooler it would hold a place that the application needs, and at
 * a transaction pooler it would hold none. Thread-safe: whoever takes it has it alone.
 */
final class PgGuardian implements AutoCloseable {
  private static final Duration PROOF = Duration.ofSeconds(1);

  private final AtomicReference<@Nullable PgLink> kept = new AtomicReference<>();
  private volatile boolean closed;

  /** Whether a connection is worth keeping. */
  static boolean fits(PgLink link) {
    return link.url().kind().keepsSession() && !link.pooled();
  }

  /** Hands the connection over if it still answers; one that does not is closed. */
  @Nullable PgLink take(Deadline deadline) {
    var link = kept.getAndSet(null);
    if (link == null) {
      return null;
    }
    try {
      link.read(
          deadline.within(PROOF),
          connection -> {
            try (var statement = connection.createStatement()) {
              return statement.execute("select 1");
            }
          });
      return link;
    } catch (PgTrouble e) {
      // The server was restarted, or somebody ended it: the next one is opened as ever.
      link.close();
      return null;
    }
  }

  /** Takes a connection back, or closes it if it is of no use. */
  void give(PgLink link) {
    if (closed || !link.sound() || !fits(link) || !kept.compareAndSet(null, link)) {
      link.close();
    } else if (closed) {
      close();
    }
  }

  @Override
  public void close() {
    closed = true;
    var link = kept.getAndSet(null);
    if (link != null) {
      link.close();
    }
  }
}
