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

  /** Whether a connection may be kept, as far as its address tells. */
  private static boolean fits(PgLink link) {
    return link.url().kind().keepsSession() && !link.pooled();
  }

  /**
   * Looks whether a connection is worth keeping; one that is not is never kept.
   *
   * @throws PgTrouble if it could not be asked
   */
  boolean accepts(PgLink link, Deadline deadline) throws PgTrouble {
    return fits(link) && !link.hiddenPooler(deadline);
  }

  /** Hands the connection over if it still answers; one that does not is closed. */
  @Nullable PgLink take(Deadline deadline) {
    var link = kept.getAndSet(null);
    if (link == null) {
      return null;
    }
    try {
      if (link.hiddenPooler(deadline.within(PROOF))) {
        link.close();
        return null;
      }
      return link;
    } catch (PgTrouble e) {
      // The server was restarted, or somebody ended it: the next one is opened as ever.
      link.close();
      return null;
    }
  }

  /** Takes a connection back, or closes it unless it was seen to be worth keeping. */
  void give(PgLink link) {
    if (closed
        || !link.sound()
        || !fits(link)
        || !link.direct()
        || !kept.compareAndSet(null, link)) {
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
