package com.hotdash.ops.resolution;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes the steps of one wave side by side, each by a control of its own. */
final class Wave {
  private static final int MOST_THREADS = 16;

  private final Action action;
  private final BiConsumer<Integer, Control> maker;
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  Wave(Action action, BiConsumer<Integer, Control> maker) {
    this.action = action;
    this.maker = maker;
  }

  /**
   * Makes steps, and returns when none is under way any more: what is not waited for is not told.
   * Each step ends by its own deadline. An interrupt is handed on to all of them.
   */
  void make(List<Integer> steps) {
    for (int from = 0; from < steps.size() && first.get() == null; from += MOST_THREADS) {
      together(steps.subList(from, Math.min(steps.size(), from + MOST_THREADS)));
    }
    var failure = first.get();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void together(List<Integer> steps) {
    var threads = steps.stream().map(this::thread).toList();
    threads.forEach(Thread::start);
    boolean interrupted = false;
    for (var thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread thread(int step) {
    var thread = new Thread(() -> make(step), "hotdash-ops-step");
    thread.setDaemon(true);
    return thread;
  }

  private void make(int step) {
    try (var control = action.control().orElseThrow(IllegalStateException::new)) {
      maker.accept(step, control);
    } catch (Throwable e) { // Handed on to the thread that waits, whatever it is.
      first.compareAndSet(null, e);
    }
  }
}
