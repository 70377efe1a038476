package com.hotdash.ops.http;

import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Asks several peers at once and waits until a deadline, no longer. Its threads are daemons, made
 * when needed, and a bounded number. Thread-safe.
 */
public final class SideBySide implements AutoCloseable {
  private final ThreadPoolExecutor threads;

  /**
   * Makes the bound; starts no thread.
   *
   * @param name begins the names of the threads
   * @param most how many are asked at once; further ones wait their turn
   */
  public SideBySide(String name, int most) {
    var number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "hotdash-ops-" + name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Asks all, and returns what each answered, in the order of the peers. If the calling thread is
   * interrupted, it stops waiting and the flag stays set.
   *
   * @param peers whom to ask
   * @param deadline when to stop waiting; what is late is interrupted
   * @param ask asks one; should not throw
   * @param late what stands for one that did not answer in time, or before this was closed
   * @param <P> a peer
   * @param <A> its answer
   * @return as many answers as peers
   */
  public <P, A> List<A> ask(
      List<P> peers, Deadline deadline, Function<P, A> ask, Function<P, A> late) {
    var asked = new ArrayList<Future<A>>();
    for (var peer : peers) {
      asked.add(begin(() -> ask.apply(peer)));
    }
    var answers = new ArrayList<A>();
    for (int i = 0; i < asked.size(); i++) {
      answers.add(answer(asked.get(i), deadline, peers.get(i), late));
    }
    return answers;
  }

  private <A> Future<A> begin(Callable<A> question) {
    var task = new FutureTask<>(question);
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) { // closed: nobody is asked any more
      task.cancel(false);
    }
    return task;
  }

  private static <P, A> A answer(Future<A> asked, Deadline deadline, P peer, Function<P, A> late) {
    try {
      return asked.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException ours) {
        throw ours;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException | CancellationException e) {
      asked.cancel(true);
      return late.apply(peer);
    }
    asked.cancel(true);
    return late.apply(peer);
  }

  /** Interrupts what is still being asked, and asks nobody else. Returns at once. */
  @Override
  public void close() {
    for (var waiting : threads.shutdownNow()) {
      ((Future<?>) waiting).cancel(false); // whoever waits for it would wait until the deadline
    }
  }
}
