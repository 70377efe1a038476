package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a statement that takes long on another thread, and tells meanwhile how far it is, over a
 * second connection. If that one cannot be had nothing is told, and the statement goes on.
 */
final class BuildWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuildWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Supplier<PgSight> sights;
  private final Executor executor;
  private final Consumer<String> listener;
  private @Nullable PgSight eyes;
  private String last = "";

  BuildWatch(Supplier<PgSight> sights, Executor executor, Consumer<String> listener) {
    this.sights = sights;
    this.executor = executor;
    this.listener = listener;
  }

  /** What takes long. */
  @FunctionalInterface
  interface Work {
    void run() throws PgTrouble;
  }

  /**
   * Runs work that ends by its own limits.
   *
   * @param pid the session that works on it
   * @return what went wrong, or {@code null}
   * @throws InterruptedException if this thread was interrupted; the work goes on
   */
  @Nullable PgTrouble run(Work work, int pid, Deadline deadline) throws InterruptedException {
    var result = new CompletableFuture<Optional<PgTrouble>>();
    Runnable making = () -> run(work, result);
    try {
      executor.execute(making);
    } catch (RejectedExecutionException e) {
      // No thread is free: it is made all the same, and nobody is told how far it is.
      making.run();
    }
    boolean watching = true;
    while (true) {
      try {
        return result.get(EVERY.toMillis(), TimeUnit.MILLISECONDS).orElse(null);
      } catch (TimeoutException e) {
        watching = watching && tell(pid, deadline);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private static void run(Work work, CompletableFuture<Optional<PgTrouble>> result) {
    try {
      work.run();
      result.complete(Optional.empty());
    } catch (PgTrouble e) {
      result.complete(Optional.of(e));
    } catch (Throwable e) { // Whatever it is, the waiting thread must hear of it.
      result.completeExceptionally(e);
    }
  }

  private boolean tell(int pid, Deadline deadline) {
    try {
      if (eyes == null) {
        eyes = sights.get();
      }
      var brief = deadline.within(EVERY);
      var progress = Backend.progress(eyes.link(brief), pid, brief);
      if (!progress.isEmpty() && !progress.equals(last)) {
        last = progress;
        LOG.debug("index build goes on [pid={} progress={}]", pid, progress);
        listener.accept(progress);
      }
      return true;
    } catch (PgTrouble e) {
      LOG.debug("index build not watched [pid={} failure={}]", pid, e.failure());
      return false;
    }
  }

  @Override
  public void close() {
    if (eyes != null) {
      eyes.close();
    }
  }
}
