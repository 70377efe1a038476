package com.hotdash.ops.runbook;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one runbook: bounded, daemon, none before they are needed. */
final class Workers {
  // Sixteen are enough for one look: one for each source and one to close it beside, and more than
  // eight sources are not in sight. A page, a schedule and two people may look at the same time;
  // whoever finds none free waits within its deadline.
  private static final int MOST = 4 * 16;

  private Workers() {}

  static ExecutorService create() {
    var number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        MOST,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          var thread = new Thread(task, "hotdash-ops-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
