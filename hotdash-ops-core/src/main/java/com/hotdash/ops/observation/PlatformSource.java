package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes readings of a platform port. A platform is several services behind one name, so machines,
 * requests, and releases with logs are looked at side by side: one that hangs costs its own part.
 * Thread-safe.
 */
public final class PlatformSource implements Source {
  // Who judges thin traffic widens up to an hour, and must not have to ask again for it.
  private static final Duration HISTORY = Duration.ofMinutes(60);

  private final PlatformReader reader;
  private final Set<ReadingKey<?>> keys;
  private final Part part;

  private interface Part {
    void read(PlatformReader reader, Deadline deadline, Looks looks, Sink sink);
  }

  private PlatformSource(PlatformReader reader, Part part, ReadingKey<?>... keys) {
    this.reader = reader;
    this.part = part;
    this.keys = Set.of(keys);
  }

  /**
   * Wraps a port.
   *
   * @param reader the port
   * @param window how far back logs are read, more than zero; requests are read an hour back or as
   *     far, whichever is more
   * @return its sources, none of which waits for another
   */
  public static List<Source> of(PlatformReader reader, Duration window) {
    var far = window.compareTo(HISTORY) > 0 ? window : HISTORY;
    return List.of(
        new PlatformSource(
            reader,
            (port, deadline, looks, sink) ->
                sink.put(PlatformLook.MACHINES, looks.open(port, deadline).machines()),
            PlatformLook.MACHINES),
        new PlatformSource(
            reader,
            (port, deadline, looks, sink) ->
                sink.put(PlatformLook.TRAFFIC, looks.open(port, deadline).traffic(far)),
            PlatformLook.TRAFFIC),
        new PlatformSource(
            reader,
            (port, deadline, looks, sink) -> releasesThenLogs(port, deadline, looks, window, sink),
            PlatformLook.RELEASES,
            PlatformLook.LOGS));
  }

  /** Logs are told before and after each release, so those come first, but not at any price. */
  private static void releasesThenLogs(
      PlatformReader port, Deadline deadline, Looks looks, Duration window, Sink sink) {
    var half = deadline.within(deadline.remaining().dividedBy(2).plusNanos(1));
    var releases = looks.open(port, half).releases();
    sink.put(PlatformLook.RELEASES, releases);
    var changes =
        releases.toOptional().orElse(List.of()).stream()
            .map(each -> new Change(each.label(), each.at()))
            .toList();
    sink.put(PlatformLook.LOGS, looks.open(port, deadline).logs(window, changes));
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return keys;
  }

  @Override
  public Look open(Deadline deadline) {
    var looks = new Looks();
    return new Look() {
      @Override
      public void read(Sink sink) {
        part.read(reader, deadline, looks, sink);
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
