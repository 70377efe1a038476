package com.hotdash.ops.observation;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.util.Set;

/** Makes the readings of an application port. Thread-safe. */
public final class AppSource implements Source {
  private final AppReader reader;

  /**
   * Wraps a port.
   *
   * @param reader the port
   */
  public AppSource(AppReader reader) {
    this.reader = reader;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return Set.of(AppReader.HEALTH, AppReader.CERTIFICATE);
  }

  @Override
  public Look open(Deadline deadline) {
    return new LookThread() {
      @Override
      public void read(Sink sink) {
        put(sink, AppReader.HEALTH, () -> reader.health(deadline));
        put(sink, AppReader.CERTIFICATE, () -> reader.certificate(deadline));
      }
    };
  }
}
