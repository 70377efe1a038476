package com.hotdash.ops.database;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection to one address gets.
 *
 * @param name where the address comes from, such as {@code DATABASE_URL}
 * @param endpoint what it leads to, such as {@code db.example.com:5432/hotdash as app, direct};
 *     without credentials
 * @param application whether the application itself uses this address
 * @param pooled whether a pooler stands between us and the server
 * @param server which database of which server answered, as that one says itself, such as {@code
 *     hotdash since 2026-01-05T10:00:00Z}: two addresses that give different ones lead to different
 *     databases; {@code null} if it was not reached
 * @param stages the stages in order, up to and including the first that failed
 */
public record EndpointProbe(
    String name,
    String endpoint,
    boolean application,
    boolean pooled,
    @Nullable String server,
    List<StageResult> stages) {
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
