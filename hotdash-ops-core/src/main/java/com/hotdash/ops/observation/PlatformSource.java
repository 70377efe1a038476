package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes the readings of a platform port. Thread-safe. */
public final class PlatformSource implements Source {
  private final PlatformReader reader;
  private final Duration window;

  /**
   * Wraps a port.
   *
   * @param reader the port
   * @param window how far back requests and logs are read, more than zero
   */
  public PlatformSource(PlatformReader reader, Duration window) {
    this.reader = reader;
    this.window = window;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return Set.of(
        PlatformLook.MACHINES, PlatformLook.TRAFFIC, PlatformLook.RELEASES, PlatformLook.LOGS);
  }

  @Override
  public Look open(Deadline deadline) {
    var look = reader.look(deadline);
    return new Look() {
      @Override
      public void read(Sink sink) {
        sink.put(PlatformLook.MACHINES, look.machines());
        sink.put(PlatformLook.TRAFFIC, look.traffic(window));
        var releases = look.releases();
        sink.put(PlatformLook.RELEASES, releases);
        var changes =
            releases.toOptional().orElse(List.of()).stream()
                .map(each -> new Change(each.label(), each.at()))
                .toList();
        sink.put(PlatformLook.LOGS, look.logs(window, changes));
      }

      @Override
      public void close() {
        look.close();
      }
    };
  }
}
