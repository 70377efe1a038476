package com.hotdash.ops.observation;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.Set;

/**
 * Reads the metrics of an application port over a window. Beside {@link AppSource}, so that health
 * is not kept waiting, and who asks for health alone is not either. Thread-safe.
 */
public final class AppMetricsSource implements Source {
  /** Between the two scrapes, where the deadline allows it. */
  public static final Duration WINDOW = Duration.ofSeconds(10);

  private final AppReader reader;
  private final Duration between;

  /**
   * Wraps a port.
   *
   * @param reader the port
   */
  public AppMetricsSource(AppReader reader) {
    this(reader, WINDOW);
  }

  /**
   * Wraps a port.
   *
   * @param reader the port
   * @param between the time between the two scrapes, more than zero
   */
  public AppMetricsSource(AppReader reader, Duration between) {
    this.reader = reader;
    this.between = between;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return Set.of(AppReader.METRICS);
  }

  @Override
  public Look open(Deadline deadline) {
    return new LookThread() {
      @Override
      public void read(Sink sink) {
        // A shorter window still tells something; a look without time for the second scrape,
        // nothing.
        var window = deadline.atMost(between);
        var half = deadline.remaining().dividedBy(2);
        put(
            sink,
            AppReader.METRICS,
            () -> reader.metrics(half.compareTo(window) < 0 ? half : window, deadline));
      }
    };
  }
}
