package com.hotdash.ops.fly;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for looking at several things side by side: bounded, daemon, none before needed. Nothing
 * waits in a queue behind calls that hang: it is begun at once or refused.
 */
final class FlyThreads implements AutoCloseable {
  // Eight looks of six parts at a time.
  private static final int MOST = 48;

  private final ExecutorService pool;

  FlyThreads() {
    var number = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            0,
            MOST,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "hotdash-ops-fly-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool = threads;
  }

  <T> Future<T> start(Callable<T> work) {
    return pool.submit(work);
  }

  boolean closed() {
    return pool.isShutdown();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
