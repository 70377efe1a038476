package com.hotdash.ops.monitor;

import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls a monitor's tick again and again, never two at once. A tick that is not over when the next
 * one is due is interrupted, and the heartbeat hears of each that was left out. One daemon thread
 * keeps the time; the ticks run on another one of its own, or on the caller's executor.
 *
 * <p>Thread-safe. Closing it ends the ticks, and leaves the monitor open.
 */
public final class MonitorSchedule implements AutoCloseable {
  /** How often the runbook checks health. */
  public static final Duration EVERY = Duration.ofMinutes(5);

  private final Monitor monitor;
  private final Duration every;
  private final Time time;
  private final Executor executor;
  private final @Nullable ThreadPoolExecutor own;
  private final Thread clock;
  private final Object lock = new Object();
  private @Nullable Thread ticking;
  private boolean waiting;
  private boolean interrupted;
  private volatile boolean closed;

  private MonitorSchedule(Monitor monitor, Duration every, Time time, @Nullable Executor executor) {
    this.monitor = monitor;
    this.every = Limits.positive(every, "every");
    this.time = time;
    var made = executor == null ? ownThread() : null;
    this.own = made;
    this.executor = made == null ? Objects.requireNonNull(executor) : made;
    clock = new Thread(this::keepTime, "hotdash-ops-monitor-clock");
    clock.setDaemon(true);
  }

  /**
   * Starts to call a monitor, at once and every so often.
   *
   * @param monitor the monitor; stays the caller's
   * @param every how often, more than zero; the runbook says {@link #EVERY}
   * @param time the time
   * @return the schedule; the caller closes it
   */
  public static MonitorSchedule start(Monitor monitor, Duration every, Time time) {
    return started(new MonitorSchedule(monitor, every, time, null));
  }

  /**
   * Starts to call a monitor on an executor of the caller's.
   *
   * @param monitor the monitor; stays the caller's
   * @param every how often, more than zero
   * @param time the time
   * @param executor runs the ticks; stays the caller's
   * @return the schedule; the caller closes it
   */
  public static MonitorSchedule start(
      Monitor monitor, Duration every, Time time, Executor executor) {
    return started(new MonitorSchedule(monitor, every, time, executor));
  }

  private static MonitorSchedule started(MonitorSchedule schedule) {
    schedule.clock.start();
    return schedule;
  }

  private static ThreadPoolExecutor ownThread() {
    return new ThreadPoolExecutor(
        0,
        1,
        10,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(1),
        task -> {
          var thread = new Thread(task, "hotdash-ops-monitor");
          thread.setDaemon(true);
          return thread;
        });
  }

  private void keepTime() {
    do {
      round();
    } while (!closed && time.await(every) && !closed);
  }

  /** Starts one tick, unless the one before is still under way: that one is interrupted. */
  private void round() {
    synchronized (lock) {
      if (waiting || ticking != null) {
        if (ticking != null) {
          ticking.interrupt();
          interrupted = true;
        }
      } else {
        waiting = true;
        try {
          executor.execute(this::tick);
          return;
        } catch (RejectedExecutionException e) {
          waiting = false;
          if (closed) {
            return; // nobody expects a tick any more
          }
        }
      }
    }
    monitor.missed(
        "the tick before is not over after "
            + every.toSeconds()
            + " s, or there is no thread for it");
  }

  private void tick() {
    synchronized (lock) {
      waiting = false;
      if (closed) {
        return;
      }
      ticking = Thread.currentThread();
    }
    try {
      monitor.tick();
    } finally {
      synchronized (lock) {
        ticking = null;
        if (interrupted) {
          // The interrupt was meant for the tick, not for what the thread does next.
          Thread.interrupted();
          interrupted = false;
        }
      }
    }
  }

  /** Ends the ticks, and interrupts one that is under way. Returns at once; may be called twice. */
  @Override
  public void close() {
    closed = true;
    clock.interrupt();
    synchronized (lock) {
      if (ticking != null && ticking != Thread.currentThread()) {
        ticking.interrupt();
        interrupted = true;
      }
    }
    if (own != null) {
      own.shutdown();
    }
  }

  @Override
  public String toString() {
    return "ticks every " + every.toSeconds() + " s" + (closed ? ", closed" : "");
  }
}
