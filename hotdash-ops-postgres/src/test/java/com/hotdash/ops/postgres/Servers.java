package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Servers that the tests of one JVM share, stopped by their own shutdown hooks. */
final class Servers {
  private static final Map<Integer, Hotdash> STARTED = new ConcurrentHashMap<>();

  private Servers() {}

  /** A server of a major version, with HotDash's database and roles. */
  static Hotdash of(int major) {
    return STARTED.computeIfAbsent(
        major,
        wanted ->
            builder(wanted)
                .setting("max_connections", "60")
                .setting("max_prepared_transactions", "4")
                .start()
                .createHotdash());
  }

  static PgServer.Builder builder(int major) {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "all majors of PostgreSQL can be had for Linux on amd64 only");
    var jar = Path.of("target", "pg-binaries", "pg-" + major + ".jar");
    assertThat(Files.exists(jar)).as("%s, which mvn verify copies", jar).isTrue();
    return PgServer.builder().binaries(jar);
  }

  static PgDiagnostics as(PgRole role) {
    return at(role.url());
  }

  static PgDiagnostics at(String url) {
    return PgDiagnostics.builder().databaseUrl(Secret.of(url)).build();
  }

  /** A diagnosis whose waits last as long as some work takes. */
  static PgDiagnostics waitingBy(String url, Runnable work) {
    var time = new Time(Time.SYSTEM.clock(), Time.SYSTEM.ticker(), wait -> work.run());
    return PgDiagnostics.builder().databaseUrl(Secret.of(url)).time(time).build();
  }

  /** Waits for the end of connections that are closed already: the server takes a moment. */
  static void settle(PgServer server) {
    await(
        "the end of closed connections",
        () ->
            server
                    .superuser()
                    .number(
                        "select count(*) from pg_stat_activity where pid <> pg_backend_pid()"
                            + " and application_name in ('testkit', 'hotdash-ops')")
                == 0);
    // The question itself was a connection.
    assertThat(Time.SYSTEM.await(Duration.ofMillis(20))).isTrue();
  }

  /** Waits until something on another thread or in the server has come about. */
  static void await(String what, BooleanSupplier there) {
    var deadline = Time.SYSTEM.deadline(Duration.ofSeconds(10));
    while (!there.getAsBoolean()) {
      assertThat(deadline.expired()).as("waiting for %s", what).isFalse();
      assertThat(Time.SYSTEM.await(Duration.ofMillis(10))).isTrue();
    }
  }
}
