package com.hotdash.ops.runbook;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does things one after another beside the caller, who does not wait for them; only closing does,
 * for a while. Thread-safe.
 */
final class Aside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Aside.class);
  // GitHub wants three seconds between two comments, and an execution makes three.
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

  private final Executor threads;
  private CompletableFuture<?> last = CompletableFuture.completedFuture("");

  Aside(Executor threads) {
    this.threads = threads;
  }

  synchronized void run(Runnable act) {
    last =
        last.handleAsync(
            (before, failure) -> {
              act.run();
              return "";
            },
            threads);
  }

  private synchronized CompletableFuture<?> last() {
    return last;
  }

  @Override
  public void close() {
    try {
      last().get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // Nobody else hears of it: what people were to read about a change may be missing.
      LOG.warn("not told in time [after={}]", CLOSE_WITHIN);
    } catch (ExecutionException e) {
      LOG.warn("not told [failure={}]", e.getClass());
    }
  }
}
