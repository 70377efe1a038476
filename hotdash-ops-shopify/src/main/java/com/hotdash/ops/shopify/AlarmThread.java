package com.hotdash.ops.shopify;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for all alarms of a guard. It starts with the first and ends when idle. */
final class AlarmThread implements Alarm, AutoCloseable {
  static final String NAME = "hotdash-ops-shopify-alarms";

  private final ScheduledThreadPoolExecutor thread;

  AlarmThread() {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var made = new Thread(task, NAME);
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
    thread.setKeepAliveTime(10, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public Runnable after(long nanos, Runnable task) {
    var set = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
    return () -> set.cancel(false);
  }

  /** Whoever waits goes on waiting, and is woken: the thread ends after the last of them. */
  @Override
  public void close() {
    thread.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }
}
