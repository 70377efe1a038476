package com.hotdash.ops.shopify;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client's access token, which can be renewed once it is refused. Thread-safe. */
final class ClientToken {
  // Calls that were under way with the refused token ask for one renewal together.
  private static final Duration NOT_AGAIN = RefusedTokens.TRIED_AGAIN.dividedBy(2);

  private final @Nullable UnaryOperator<Secret> refresher;
  private final Ticker ticker;
  private final ReentrantLock one = new ReentrantLock();
  private volatile Secret current;
  private @Nullable Secret failedFor;
  private long failedAt;

  ClientToken(Secret token, @Nullable UnaryOperator<Secret> refresher, Ticker ticker) {
    this.current = token;
    this.refresher = refresher;
    this.ticker = ticker;
  }

  Secret current() {
    return current;
  }

  Redactor redactor() {
    return Redactor.of(List.of(current));
  }

  /**
   * Renews a refused token, one caller at a time: whoever comes later finds the new one.
   *
   * @return whether there is another token now
   * @throws OpsException if the refresher failed
   */
  boolean renewed(Secret refused, Deadline deadline) {
    if (refresher == null || !locked(deadline)) {
      return false;
    }
    try {
      if (!current.matches(refused)) {
        return true;
      }
      long now = ticker.nanos();
      if (failedFor != null && failedFor.matches(refused) && now - failedAt < NOT_AGAIN.toNanos()) {
        return false;
      }
      failedFor = refused; // until it has succeeded, also if it throws
      failedAt = now;
      current = refresher.apply(refused);
      return !current.matches(refused);
    } finally {
      one.unlock();
    }
  }

  private boolean locked(Deadline deadline) {
    try {
      return one.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false; // the refusal is told, and the flag is set
    }
  }
}
