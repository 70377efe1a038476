package com.hotdash.ops.database;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a connection to one address gets.
 *
 * @param name where the address comes from, such as {@code DATABASE_URL}
 * @param endpoint what it leads to, such as {@code db.example.com:5432/hotdash as app, direct};
 *     without credentials
 * @param pooled whether a pooler stands between us and the server
 * @param stages the stages in order, up to and including the first that failed
 */
public record EndpointProbe(
    String name, String endpoint, boolean pooled, List<StageResult> stages) {
  /** Copies the stages. */
  public EndpointProbe {
    stages = List.copyOf(stages);
  }

  /**
   * Returns the stage that failed.
   *
   * @return the stage, or empty if all went well
   */
  public Optional<StageResult> failed() {
    return stages.stream().filter(stage -> stage.failure() != null).findFirst();
  }

  /**
   * Returns how long all stages took together.
   *
   * @return the sum
   */
  public Duration took() {
    return stages.stream().map(StageResult::took).reduce(Duration.ZERO, Duration::plus);
  }
}
