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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a statement that takes long on another thread, and tells meanwhile how far it is, over a
 * second connection. If that one cannot be had nothing is told, and the statement goes on. A way
 * that was idle for too long may swallow the answer: then the second connection sees that the work
 * is over.
 */
final class BuildWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuildWatch.class);
  static final Duration EVERY = Duration.ofSeconds(2);
  private static final int SURE_AFTER = 4;

  /** Half a minute between logins that fail. */
  private static final int LEFT_OUT = 15;

  private final Supplier<PgSight> sights;
  private final Executor executor;
  private final Consumer<String> listener;
  private final Duration every;
  private @Nullable PgSight eyes;
  private String last = "";
  private int seenOver;
  private int looksLeftOut;

  BuildWatch(
      Supplier<PgSight> sights, Executor executor, Consumer<String> listener, Duration every) {
    this.sights = sights;
    this.executor = executor;
    this.listener = listener;
    this.every = every;
  }

  /** What takes long. */
  @FunctionalInterface
  interface Work {
    void run() throws PgTrouble;
  }

  /**
   * Runs work that ends by its own limits.
   *
   * @param backend the session that works on it
   * @param cut ends the wait for an answer, once the session has been seen to be done without one
   * @return what went wrong, or {@code null}
   * @throws InterruptedException if this thread was interrupted; the work goes on
   */
  @Nullable PgTrouble run(Work work, Backend backend, Runnable cut, Deadline deadline)
      throws InterruptedException {
    var result = new CompletableFuture<Optional<PgTrouble>>();
    var begun = new AtomicBoolean();
    Runnable making =
        () -> {
          if (begun.compareAndSet(false, true)) {
            run(work, result);
          }
        };
    try {
      executor.execute(making);
    } catch (RejectedExecutionException e) {
      // No thread is free: it is made all the same, and nobody is told how far it is.
      making.run();
    }
    while (true) {
      try {
        return result.get(every.toMillis(), TimeUnit.MILLISECONDS).orElse(null);
      } catch (TimeoutException e) {
        // Threads that are all busy elsewhere are as good as none; else its limits never began.
        making.run();
        if (!result.isDone() && over(backend, deadline)) {
          cut.run();
        }
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

  /** Tells how far it is, and whether it was over at each of the last looks. */
  private boolean over(Backend backend, Deadline deadline) {
    if (looksLeftOut > 0) {
      looksLeftOut--;
      return false;
    }
    try {
      if (eyes == null) {
        eyes = sights.get();
      }
      var brief = deadline.within(EVERY);
      var link = eyes.link(brief);
      var progress = Backend.progress(link, backend.pid(), brief);
      if (!progress.isEmpty() && !progress.equals(last)) {
        last = progress;
        LOG.debug("index build goes on [pid={} progress={}]", backend.pid(), progress);
        hear(progress);
      }
      // The server's answer may be on its way: so once is not enough.
      seenOver = progress.isEmpty() && !backend.works(link, brief) ? seenOver + 1 : 0;
      return seenOver >= SURE_AFTER;
    } catch (PgTrouble e) {
      LOG.debug("index build not watched [pid={} failure={}]", backend.pid(), e.failure());
      close();
      eyes = null;
      looksLeftOut = LEFT_OUT;
      seenOver = 0;
      return false;
    }
  }

  private void hear(String progress) {
    try {
      listener.accept(progress);
    } catch (RuntimeException e) { // The caller's own; a build must not fail by it.
      LOG.warn("the listener of an index build failed [error={}]", e.getClass().getName());
    }
  }

  @Override
  public void close() {
    if (eyes != null) {
      eyes.close();
    }
  }
}
