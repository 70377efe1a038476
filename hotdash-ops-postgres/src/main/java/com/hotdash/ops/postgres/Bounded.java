package com.hotdash.ops.postgres;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs on another thread what cannot be interrupted, and stops waiting for it in time. */
final class Bounded {
  private final Executor executor;

  Bounded(Executor executor) {
    this.executor = executor;
  }

  /**
   * Runs work and waits for it.
   *
   * @param limit how long to wait
   * @param late gets a result that came after we had stopped waiting, on the other thread
   * @throws TimeoutException if the limit came first; the work goes on, unless it had not begun
   * @throws java.util.concurrent.RejectedExecutionException if the executor has no thread free
   */
  <T> T call(Callable<T> work, Duration limit, Consumer<T> late)
      throws ExecutionException, TimeoutException, InterruptedException {
    var result = new CompletableFuture<T>();
    executor.execute(() -> run(work, result, late));
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (result.cancel(false)) {
        throw e;
      }
      return result.get(); // It arrived in between, and nobody else will take care of it.
    } catch (InterruptedException e) {
      if (!result.cancel(false) && !result.isCompletedExceptionally()) {
        late.accept(result.join());
      }
      throw e;
    }
  }

  private static <T> void run(Callable<T> work, CompletableFuture<T> result, Consumer<T> late) {
    if (result.isDone()) {
      return;
    }
    try {
      var value = work.call();
      if (!result.complete(value)) {
        late.accept(value);
      }
    } catch (Throwable e) { // Whatever it is, the waiting thread must hear of it.
      result.completeExceptionally(e);
    }
  }
}
