package com.hotdash.ops.resolution;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a journal or a lock store, and waits a bounded time for its answer. */
final class StoreCall {
  private StoreCall() {}

  /**
   * Waits for a store on a thread of its own. An interrupt of the caller waits until the store has
   * answered: a half written line would be worse.
   */
  static <T> T answer(Callable<T> call, Duration limit) throws TimeoutException {
    var task = new FutureTask<>(call);
    var thread = new Thread(task, "hotdash-ops-store");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a store threw a checked exception", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
