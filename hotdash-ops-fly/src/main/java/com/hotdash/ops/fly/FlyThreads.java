package com.hotdash.ops.fly;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for looking at several things side by side: bounded, daemon, none before needed. */
final class FlyThreads implements AutoCloseable {
  private static final int MOST = 12;

  private final ExecutorService pool;

  FlyThreads() {
    var number = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1024),
            task -> {
              var thread = new Thread(task, "hotdash-ops-fly-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    pool = threads;
  }

  <T> Future<T> start(Callable<T> work) {
    return pool.submit(work);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
