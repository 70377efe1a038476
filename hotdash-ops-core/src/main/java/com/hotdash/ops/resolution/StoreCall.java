package com.hotdash.ops.resolution;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks a journal or a lock store, and waits a bounded time for its answer: its own limits are not
 * trusted, since it may be what fails.
 */
public final class StoreCall {
  private StoreCall() {}

  /**
   * Waits for a store that works on a thread of its own. An interrupt of the caller stays set and
   * waits for the answer or the limit: a half written line would be worse.
   *
   * @param <T> what it answers
   * @param call asks the store; what it throws unchecked is thrown here
   * @param limit how long to wait, more than zero
   * @param late gets an answer for which nobody waits any more, on the store's thread
   * @return the answer
   * @throws TimeoutException if the store was silent for so long; it may still do what it was asked
   */
  public static <T> T answer(Callable<T> call, Duration limit, Consumer<T> late)
      throws TimeoutException {
    var answer = new CompletableFuture<T>();
    var thread = new Thread(() -> run(call, answer, late), "hotdash-ops-store");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          if (answer.cancel(false)) {
            throw e;
          }
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

  private static <T> void run(Callable<T> call, CompletableFuture<T> answer, Consumer<T> late) {
    try {
      var value = call.call();
      if (!answer.complete(value)) {
        late.accept(value);
      }
    } catch (Throwable e) { // Whatever it is, the waiting thread must hear of it.
      answer.completeExceptionally(e);
    }
  }
}
