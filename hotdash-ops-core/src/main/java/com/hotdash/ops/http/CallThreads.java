package com.hotdash.ops.http;

import com.hotdash.ops.time.Deadline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which calls run: daemons, made when needed, bounded by slots. */
final class CallThreads implements AutoCloseable {
  private final ExecutorService threads;
  private final Semaphore slots;
  private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

  CallThreads(String service, int most) {
    var number = new AtomicInteger();
    slots = new Semaphore(most, true);
    // The slots are the bound: a thread may still be ending when its slot is free again.
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread =
                  new Thread(task, "hotdash-ops-" + service + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a call, waiting for a slot; false if none got free in time. */
  boolean start(Exchange exchange, Deadline limit) throws InterruptedException {
    if (!slots.tryAcquire(limit.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    running.add(exchange);
    try {
      threads.execute(() -> runIn(exchange));
      return true;
    } catch (RejectedExecutionException e) {
      running.remove(exchange);
      slots.release();
      throw new IllegalStateException("this client is closed", e);
    }
  }

  private void runIn(Exchange exchange) {
    try {
      exchange.run();
    } finally {
      running.remove(exchange);
      slots.release();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    running.forEach(Exchange::giveUp);
  }
}
