package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes readings of a platform port. A platform is several services behind one name, so its parts
 * are looked at side by side: one that hangs costs its own. Only what is wanted is read.
 * Thread-safe.
 */
public final class PlatformSource implements Source {
  // Who judges thin traffic widens up to an hour, and must not have to ask again for it.
  private static final Duration HISTORY = Duration.ofMinutes(60);

  // As long as the newest requests that decide.
  private static final Duration ANSWERS = Duration.ofMinutes(5);

  private final PlatformReader reader;
  private final Set<ReadingKey<?>> keys;
  private final Part part;

  private interface Part {
    void read(PlatformReader reader, Deadline deadline, Looks looks, Wanted wanted);
  }

  private PlatformSource(PlatformReader reader, Part part, ReadingKey<?>... keys) {
    this.reader = reader;
    this.part = part;
    this.keys = Set.of(keys);
  }

  /**
   * Wraps a port. Of its readings only those are made that are wanted, and releases for logs.
   *
   * @param reader the port
   * @param window how far back logs are read, more than zero; requests and memory are read an hour
   *     back or as far, whichever is more; how long answers took is counted over five minutes
   * @return its sources, none of which waits for another
   */
  public static List<Source> of(PlatformReader reader, Duration window) {
    var far = window.compareTo(HISTORY) > 0 ? window : HISTORY;
    return List.of(
        new PlatformSource(
            reader,
            PlatformSource::machines,
            PlatformLook.MACHINES,
            PlatformLook.SECRETS,
            PlatformLook.SETTINGS),
        new PlatformSource(
            reader,
            (port, deadline, looks, wanted) -> requests(looks.open(port, deadline), far, wanted),
            PlatformLook.TRAFFIC,
            PlatformLook.ANSWER_TIMES),
        new PlatformSource(
            reader,
            (port, deadline, looks, wanted) ->
                wanted.read(
                    PlatformLook.ANSWER_HISTORY,
                    () -> looks.open(port, deadline).answerHistory(far)),
            PlatformLook.ANSWER_HISTORY),
        new PlatformSource(
            reader,
            (port, deadline, looks, wanted) ->
                releasesThenLogs(port, deadline, looks, window, wanted),
            PlatformLook.RELEASES,
            PlatformLook.LOGS),
        new PlatformSource(
            reader,
            (port, deadline, looks, wanted) ->
                wanted.read(
                    PlatformLook.RESOURCES, () -> looks.open(port, deadline).resources(far)),
            PlatformLook.RESOURCES),
        new PlatformSource(
            reader,
            (port, deadline, looks, wanted) ->
                wanted.read(PlatformLook.TROUBLES, () -> looks.open(port, deadline).troubles()),
            PlatformLook.TROUBLES));
  }

  /**
   * Over one look: how machines are set up, and which have a secret, tells the same list. Secrets
   * come last, since they are asked for besides.
   */
  private static void machines(PlatformReader port, Deadline deadline, Looks looks, Wanted wanted) {
    var look = looks.open(port, deadline);
    wanted.read(PlatformLook.MACHINES, look::machines);
    wanted.read(PlatformLook.SETTINGS, look::settings);
    wanted.read(PlatformLook.SECRETS, look::secrets);
  }

  private static void requests(PlatformLook look, Duration far, Wanted wanted) {
    wanted.read(PlatformLook.TRAFFIC, () -> look.traffic(far));
    wanted.read(PlatformLook.ANSWER_TIMES, () -> look.answerTimes(ANSWERS));
  }

  /** Logs are told before and after each release, so those come first, but not at any price. */
  private static void releasesThenLogs(
      PlatformReader port, Deadline deadline, Looks looks, Duration window, Wanted wanted) {
    boolean logs = wanted.keys().contains(PlatformLook.LOGS);
    var half = deadline.within(deadline.remaining().dividedBy(2).plusNanos(1));
    var releases = looks.open(port, logs ? half : deadline).releases();
    wanted.sink().put(PlatformLook.RELEASES, releases);
    if (!logs) {
      return;
    }
    var changes =
        releases.toOptional().orElse(List.of()).stream()
            .map(each -> new Change(each.label(), each.at()))
            .toList();
    wanted.sink().put(PlatformLook.LOGS, looks.open(port, deadline).logs(window, changes));
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return keys;
  }

  @Override
  public Set<ReadingKey<?>> keysFor(Set<ReadingKey<?>> wanted) {
    var made = new HashSet<ReadingKey<?>>(keys);
    made.removeIf(
        key ->
            !wanted.contains(key)
                && !(key == PlatformLook.RELEASES && wanted.contains(PlatformLook.LOGS)));
    return Set.copyOf(made);
  }

  @Override
  public Look open(Deadline deadline) {
    return open(keys, deadline);
  }

  @Override
  public Look open(Set<ReadingKey<?>> wanted, Deadline deadline) {
    var made = keysFor(wanted);
    var looks = new Looks();
    return new Look() {
      @Override
      public void read(Sink sink) {
        part.read(reader, deadline, looks, new Wanted(made, sink));
      }

      @Override
      public void close() {
        looks.close();
      }
    };
  }

  /** The looks of one part, of which the last is open. */
  private static final class Looks {
    private @Nullable PlatformLook current;
    private boolean closed;

    PlatformLook open(PlatformReader reader, Deadline deadline) {
      var opened = reader.look(deadline);
      synchronized (this) {
        close(current);
        current = opened;
        if (closed) {
          opened.close();
        }
      }
      return opened;
    }

    synchronized void close() {
      closed = true;
      close(current);
    }

    private static void close(@Nullable PlatformLook look) {
      if (look != null) {
        look.close();
      }
    }
  }
}
