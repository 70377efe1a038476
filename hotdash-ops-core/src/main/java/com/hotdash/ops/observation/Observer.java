package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes observations: asks the sources side by side, waits for them until the deadline and no
 * longer, ends those that are late, and lists what they did not read as not checked. Thread-safe:
 * of looks side by side each waits, within its own deadline, for threads that the others hold.
 */
public final class Observer {
  private static final Duration TO_CONCLUDE = Duration.ofMillis(200);
  // How soon a source that found no free thread asks again.
  private static final Duration ASK_AGAIN = Duration.ofMillis(10);
  private static final Source.Look NOTHING =
      new Source.Look() {
        @Override
        public void read(Source.Sink sink) {}

        @Override
        public void close() {}
      };

  private final List<Source> sources;
  private final Executor executor;
  private final Time time;
  private final Redactor redactor;

  /**
   * Makes an observer.
   *
   * @param sources what to ask; of two sources of one key the first counts
   * @param executor runs the sources; stays the caller's
   * @param time all time
   * @param redactor cleans the text of a source that breaks
   */
  public Observer(List<Source> sources, Executor executor, Time time, Redactor redactor) {
    this.sources = List.copyOf(sources);
    this.executor = executor;
    this.time = time;
    this.redactor = redactor;
  }

  /**
   * Returns whether somebody makes one of some readings.
   *
   * @param keys the readings
   * @return false if to ask for them is no use
   */
  public boolean reads(Set<ReadingKey<?>> keys) {
    return sources.stream().anyMatch(source -> !Collections.disjoint(source.keys(), keys));
  }

  /**
   * Looks at the world once. Never throws, and never takes longer than the deadline.
   *
   * @param keys what to read
   * @param deadline when to stop
   * @return the observation; what could not be read says why
   */
  public Observation observe(Set<ReadingKey<?>> keys, Deadline deadline) {
    return observe(keys, deadline, deadline.remaining(), (seen, outstanding) -> {});
  }

  /**
   * Looks at the world once, and tells on the way what was read so far: whenever a source has
   * ended, and once after a time although none has. Never throws, and never takes longer than the
   * deadline and what the listener takes.
   *
   * @param keys what to read
   * @param deadline when to stop
   * @param atLatest after how long to tell although no source has ended yet, more than zero
   * @param listener hears on the way, on the caller's thread
   * @return the observation; what could not be read says why
   */
  public Observation observe(
      Set<ReadingKey<?>> keys, Deadline deadline, Duration atLatest, Progress listener) {
    var collector = new Collector(Observation.at(time.now()));
    var asked = new ArrayList<Asked>();
    var theirs = deadline.within(forSources(deadline.remaining()));
    for (var source : sources) {
      if (!Collections.disjoint(source.keys(), keys)) {
        asked.add(open(source, keys, theirs));
      }
    }
    var finished = new Semaphore(0);
    var start = new Start(collector, finished);
    asked.forEach(one -> start(one, start));
    boolean interrupted = false;
    try {
      waitFor(asked, start, new Waiting(deadline, time.deadline(atLatest), listener));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted = true;
    }
    return finish(asked, collector, interrupted);
  }

  private void waitFor(List<Asked> asked, Start start, Waiting waiting)
      throws InterruptedException {
    boolean told = false;
    int ended = 0;
    while (ended < asked.size()) {
      var until =
          told ? waiting.deadline() : waiting.deadline().within(waiting.first().remaining());
      boolean all = startWaiting(asked, start);
      var left = until.remaining();
      var wait = all || left.compareTo(ASK_AGAIN) < 0 ? left : ASK_AGAIN;
      if (start.finished().tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        ended++;
      } else if (!all && !until.expired()) {
        continue;
      } else if (told || waiting.deadline().expired()) {
        return;
      }
      told = true;
      if (ended < asked.size()) {
        var outstanding = new LinkedHashSet<ReadingKey<?>>();
        asked.stream().filter(one -> !one.ended).forEach(one -> outstanding.addAll(one.keys));
        waiting.listener().seen(start.collector().soFar(outstanding), Set.copyOf(outstanding));
      }
    }
  }

  /** Looks side by side share the threads: a source that got none is asked once one is free. */
  private boolean startWaiting(List<Asked> asked, Start start) {
    boolean all = true;
    for (var one : asked) {
      if (one.noThread) {
        start(one, start);
        all &= !one.noThread;
      }
    }
    return all;
  }

  private record Start(Collector collector, Semaphore finished) {}

  private record Waiting(Deadline deadline, Deadline first, Progress listener) {}

  /**
   * A source that waits to the very end still has to say what it waited for, so its deadline is a
   * little sooner than ours: a tenth of it, 200 ms at most.
   */
  private static Duration forSources(Duration all) {
    var tenth = all.dividedBy(10);
    return all.minus(tenth.compareTo(TO_CONCLUDE) < 0 ? tenth : TO_CONCLUDE);
  }

  private Asked open(Source source, Set<ReadingKey<?>> wanted, Deadline deadline) {
    var keys = source.keysFor(wanted);
    try {
      return new Asked(keys, source.open(wanted, deadline));
    } catch (RuntimeException e) {
      // A source must not throw. One that does must cost its own readings only.
      var one = new Asked(keys, NOTHING);
      one.broken = redactor.redact("the reader could not begin: " + e);
      return one;
    }
  }

  private void start(Asked one, Start start) {
    try {
      executor.execute(
          () -> {
            try {
              one.look.read(start.collector());
              one.returned = true;
            } catch (RuntimeException e) {
              // A source must not throw. If one does, what it did not read must be told, not lost.
              one.broken = redactor.redact("the reader broke: " + e);
            } finally {
              one.ended = true;
              start.finished().release();
              one.look.close();
            }
          });
      one.noThread = false;
    } catch (RejectedExecutionException e) {
      one.closed = executor instanceof ExecutorService threads && threads.isShutdown();
      one.noThread = !one.closed;
      if (one.closed) {
        start.finished().release();
      }
    }
  }

  private Observation finish(List<Asked> asked, Collector collector, boolean interrupted) {
    var seen =
        collector.freeze(
            builder -> {
              for (var one : asked) {
                for (var key : one.keys) {
                  if (builder.lacks(key)) {
                    missing(builder, key, one, interrupted);
                  }
                }
              }
            });
    asked.stream().filter(one -> !one.ended).forEach(this::closeBeside);
    return seen;
  }

  private <T> void missing(
      Observation.Builder builder, ReadingKey<T> key, Asked one, boolean interrupted) {
    var broken = one.broken;
    NotChecked notChecked;
    if (broken != null) {
      notChecked = new NotChecked(key.name(), Why.NOT_UNDERSTOOD, broken, "report this as a bug");
    } else if (one.ended) {
      var how = one.returned ? "the reader left it out" : "the reader died of an error";
      notChecked = new NotChecked(key.name(), Why.NOT_UNDERSTOOD, how, "report this as a bug");
    } else if (interrupted) {
      notChecked =
          new NotChecked(key.name(), Why.CANCELLED, "the caller was interrupted", "look again");
    } else if (one.closed) {
      notChecked =
          new NotChecked(
              key.name(),
              Why.CANCELLED,
              "it was closed while it looked",
              "look with one not closed");
    } else if (one.noThread) {
      notChecked =
          new NotChecked(
              key.name(),
              Why.TIMED_OUT,
              "other looks of this process held all threads until the deadline",
              "look again, with fewer looks side by side or more time");
    } else {
      notChecked =
          new NotChecked(
              key.name(), Why.TIMED_OUT, "the deadline came first", "look again with more time");
    }
    builder.with(key, Reading.unread(notChecked));
  }

  /**
   * Closing may take a moment, and the deadline has passed: it must not be ours. What has ended is
   * closed by the thread that read it.
   */
  private void closeBeside(Asked one) {
    if (one.noThread || one.closed) {
      one.look.close(); // it has sent nothing: nothing is under way
      return;
    }
    try {
      executor.execute(one.look::close);
    } catch (RejectedExecutionException e) {
      // All threads are held, by this look among others, and only to close it sets its own free. So
      // there are never more of these than of those.
      var thread = new Thread(one.look::close, "hotdash-ops-close");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Hears of a look while it goes on. */
  public interface Progress {
    /**
     * Takes what was read so far.
     *
     * @param soFar the readings; one that is still under way is unread
     * @param outstanding those that are still under way
     */
    void seen(Observation soFar, Set<ReadingKey<?>> outstanding);
  }

  private static final class Asked {
    private final Set<ReadingKey<?>> keys;
    private final Source.Look look;
    private volatile @Nullable String broken;
    private volatile boolean returned;
    private volatile boolean ended;
    // These two of the looking thread alone.
    private boolean noThread;
    private boolean closed;

    Asked(Set<ReadingKey<?>> keys, Source.Look look) {
      this.keys = keys;
      this.look = look;
    }
  }
}
