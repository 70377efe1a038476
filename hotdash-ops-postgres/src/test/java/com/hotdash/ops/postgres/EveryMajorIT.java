package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reading on every major version, with a scene that gives each of them something to read. By
 * default on 15 and 18; {@code -Pevery-major} on all of 12 to 18.
 */
class EveryMajorIT {
  static IntStream majors() {
    return Stream.of(System.getProperty("pg.majors", "15,18").split(",", -1))
        .mapToInt(Integer::parseInt);
  }

  @ParameterizedTest
  @MethodSource("majors")
  void look_everyReading_isMade(int major) {
    // Majors that no other test uses are stopped at once.
    try (var server =
        Servers.builder(major)
            .setting("max_connections", "30")
            .setting("shared_preload_libraries", "pg_stat_statements")
            .start()) {
      var hotdash = server.createHotdash();
      hotdash.database().sql("create extension pg_stat_statements");
      snapshots(hotdash);
      Servers.settle(server);
      try (var pileUp = LockPileUp.start(hotdash.app(), 2)) {
        Servers.settle(server);
        readAll(major, hotdash, pileUp);
      }
    }
  }

  private static void snapshots(Hotdash hotdash) {
    try (var diagnostics = Servers.as(hotdash.ops());
        var app = Clients.open(hotdash.app(), "app")) {
      var first = diagnostics.snapshot();
      app.run("select 1, 2, pg_sleep(0.02)");
      app.run("select 1, 2, pg_sleep(0.02)");
      var second = diagnostics.snapshot(first);

      assertThat(second.notChecked()).isEmpty();
      assertThat(second.notes()).isEmpty();
      var slow = second.slowQueries().toOptional().orElseThrow();
      assertThat(slow.interval().get(0).query()).isEqualTo("select $1, $2, pg_sleep($3)");
      assertThat(slow.interval().get(0).calls()).isEqualTo(2);
      assertThat(slow.caveats()).isEmpty();
      assertThat(diagnostics.longTransactions().transactions()).isEmpty();
      assertThat(diagnostics.locks().waiters()).isEmpty();
    }
  }

  private static void readAll(int major, Hotdash hotdash, LockPileUp pileUp) {
    try (var diagnostics = Servers.as(hotdash.ops());
        var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      assertThat(read(look.connectivity()).probes()).hasSize(1);
      assertThat(read(look.capacity()).clientBackends()).isEqualTo(5);
      var sessions = read(look.sessions());
      assertThat(sessions.visible()).hasSize(4);
      var forest = read(look.locks());
      assertThat(forest.roots()).extracting("pid").containsExactly(pileUp.holderPid());
      assertThat(forest.softBlockers()).extracting("pid").containsExactly(pileUp.alterPid());
      var mode = read(look.mode());
      assertThat(mode.version()).startsWith(major + ".");
      assertThat(mode.changes()).extracting("pid").containsExactly(pileUp.alterPid());

      for (var reading : List.of(look.capacity(), look.sessions(), look.locks(), look.mode())) {
        var byHand = Objects.requireNonNull(reading.evidenceIfRead().orElseThrow().byHand());
        assertThat(byHand).startsWith("psql \"$DATABASE_URL\" -c \"").endsWith(";\"");
        hotdash.database().sql(byHand.substring(byHand.indexOf("-c \"") + 4, byHand.length() - 1));
      }

      var holder = sessions.byPid(pileUp.holderPid()).orElseThrow().id();
      assertThat(diagnostics.terminate(holder).status().name()).isEqualTo("DONE");
      assertThat(pileUp.awaitWaiters(Duration.ofSeconds(5))).isTrue();
      assertThat(diagnostics.checkAccess().ok()).isTrue();
      assertThat(diagnostics.connectionCount().hidden()).isZero();
      assertThat(diagnostics.activeQueries().hidden()).isZero();
      assertThat(diagnostics.maxConnections().max()).isEqualTo(30);
    }
  }

  private static <T> T read(Reading<T> reading) {
    assertThat(reading.obstacle()).isEmpty();
    return reading.toOptional().orElseThrow();
  }
}
