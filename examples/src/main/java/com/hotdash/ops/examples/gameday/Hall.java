package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.database.Database;
import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.HealthyPool;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Where the game day takes place: the server, HotDash's roles on it, a healthy pool that somebody
 * uses all the while, and the runbook's eyes and hands. Closing it leaves nothing behind.
 */
final class Hall implements AutoCloseable {
  // Short enough for a game day, and long enough to see that the symptom stays away.
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMillis(250));
  private static final int MAX_CONNECTIONS = 40;
  private static final int POOL = 3;

  private final Path directory;
  private final Kept kept = new Kept();
  private final PgServer server;
  private final Hotdash hotdash;
  private final PgDiagnostics postgres;
  private final HealthyPool pool;
  private final Sampler sampler;

  private Hall(Time time, Path directory, Progress progress) {
    this.directory = directory;
    boolean ready = false;
    try {
      server =
          kept.keep(
              PgServer.builder()
                  .setting("max_connections", Integer.toString(MAX_CONNECTIONS))
                  .setting("superuser_reserved_connections", "3")
                  .setting("reserved_connections", "4")
                  .start());
      hotdash = server.createHotdash();
      sampler = kept.keep(sampler(time, progress));
      pool =
          kept.keep(HealthyPool.start(hotdash.app(), "hotdash-web", POOL, Duration.ofMillis(20)));
      postgres =
          kept.keep(PgDiagnostics.builder().databaseUrl(Secret.of(hotdash.ops().url())).build());
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  static Hall open(Time time, Path directory, Progress progress) {
    return new Hall(time, directory, progress);
  }

  private Sampler sampler(Time time, Progress progress) {
    try {
      return Sampler.start(time, server, progress::sampled);
    } catch (SQLException e) {
      throw new GameDayException("sampler.start", e, "run it again");
    }
  }

  /** Makes the runbook for one drill, by hand and through the public API only. */
  RunbookProcedures runbook(DatabaseThresholds thresholds) {
    return RunbookProcedures.builder()
        .environmentName("game day")
        .operator("game day")
        .database(postgres.port())
        .databaseThresholds(thresholds)
        .patience(PATIENCE)
        .journal(new FileJournal(directory.resolve("journal.jsonl")))
        .build();
  }

  /** Returns a redactor that knows the password of every role. */
  Redactor redactor() {
    return Redactor.SHAPES.and(
        Redactor.of(
            List.of(
                hotdash.ops().password(), hotdash.app().password(), hotdash.plain().password())));
  }

  Hotdash hotdash() {
    return hotdash;
  }

  /** Returns the database for a runbook of more than it. */
  Database database() {
    return postgres.port();
  }

  HealthyPool pool() {
    return pool;
  }

  Sampler sampler() {
    return sampler;
  }

  String description() {
    return "PostgreSQL "
        + server.version()
        + " on "
        + server.host()
        + ":"
        + server.port()
        + ", max_connections "
        + MAX_CONNECTIONS
        + ", 7 of them reserved, a healthy pool of "
        + POOL
        + " in use";
  }

  @Override
  public void close() {
    kept.close();
  }
}
