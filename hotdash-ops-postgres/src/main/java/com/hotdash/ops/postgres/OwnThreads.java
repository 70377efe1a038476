package com.hotdash.ops.postgres;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few daemon threads, made when needed and gone when not. */
final class OwnThreads {
  private static final int MOST = 8;

  private OwnThreads() {}

  static ExecutorService make() {
    return new ThreadPoolExecutor(
        0,
        MOST,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          var thread = new Thread(work, "hotdash-ops-postgres");
          thread.setDaemon(true);
          return thread;
        });
  }
}
