package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Ticker;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server goes down in the middle of a diagnosis, in earnest. */
class CrashIT {
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private PgServer server;
  private Hotdash hotdash;

  enum End {
    /** The server takes itself down and up again when one of its processes is killed. */
    KILL_OUR_BACKEND,
    IMMEDIATE_STOP,
    RESTART
  }

  @BeforeEach
  void startServer() {
    server = PgServer.builder().setting("shared_preload_libraries", "pg_stat_statements").start();
    hotdash = server.createHotdash();
    hotdash.database().sql("create extension pg_stat_statements");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private void end(End end) {
    switch (end) {
      case KILL_OUR_BACKEND -> {
        long pid =
            hotdash
                .database()
                .number("select pid from pg_stat_activity where application_name = 'hotdash-ops'");
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        Servers.await(
            "the crash",
            () -> server.logCount("terminating any other active server processes") > 0);
      }
      case IMMEDIATE_STOP -> server.stopImmediately();
      case RESTART -> server.restart();
    }
  }

  /** Each reading asks for the time once it is made: that is how the end comes between two. */
  @ParameterizedTest
  @CsvSource({"KILL_OUR_BACKEND, 3", "KILL_OUR_BACKEND, 9", "IMMEDIATE_STOP, 5", "RESTART, 6"})
  void snapshot_serverGoesDownInTheMiddle_keepsWhatItReadAndNamesTheRest(End end, int at) {
    var asked = new AtomicInteger();
    var time =
        new Time(
            () -> {
              if (asked.incrementAndGet() == at) {
                end(end);
              }
              return Time.SYSTEM.now();
            },
            Ticker.SYSTEM,
            Time.SYSTEM.sleeper());
    try (var pg =
        PgDiagnostics.builder()
            .databaseUrl(Secret.of(hotdash.ops().url()))
            .time(time)
            .callTimeout(AT_MOST)
            .build()) {
      long start = Ticker.SYSTEM.nanos();
      var snapshot = pg.snapshot();

      assertThat(asked).hasValueGreaterThanOrEqualTo(at);
      assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - start)).isLessThan(AT_MOST);
      assertThat(snapshot.verdict()).as(snapshot.toString()).isNotEqualTo(Verdict.OK);
      assertThat(snapshot.capacity().toOptional()).isPresent();
      assertThat(snapshot.slowQueries().toOptional()).isEmpty();
      assertThat(snapshot.notChecked())
          .extracting(NotChecked::why)
          .isNotEmpty()
          .containsOnly(Why.UNREACHABLE);
      assertThat(snapshot.toString()).contains("NOT CHECKED");

      if (end == End.IMMEDIATE_STOP) {
        assertThat(pg.snapshot().capacity().obstacle().orElseThrow().detail()).contains("refused");
        server.restart();
      }
      Servers.await("the server's return", () -> pg.snapshot().notChecked().isEmpty());
    }
  }

  /** All connections are gone, and the server is back before anybody has given up. */
  @Test
  void createIndex_serverCrashesInTheMiddle_cleansUpOnceItIsBack() throws Exception {
    var app = hotdash.app();
    try (var holder = Clients.open(app, "holder");
        var pg =
            PgDiagnostics.builder()
                .databaseUrl(Secret.of(app.url()))
                .indexLockWait(Duration.ofSeconds(30))
                .build();
        var runbook = RunbookProcedures.builder().database(pg.port()).operator("sam").build()) {
      holder.run("begin isolation level repeatable read");
      holder.run("select count(*) from products");
      var plan = runbook.database().createIndex("orders", "status").plan();
      assertThat(ChangeScene.objections(plan)).isEmpty();
      var building = CompletableFuture.supplyAsync(() -> plan.apply("why"));
      Servers.await(
          "a build that waits",
          () ->
              hotdash
                      .database()
                      .number(
                          "select count(*) from pg_stat_progress_create_index where phase like"
                              + " 'waiting for old%'")
                  == 1);
      assertThat(ProcessHandle.of(holder.pid()).orElseThrow().destroyForcibly()).isTrue();

      var execution = building.get();

      assertThat(CreateIndexIT.statuses(execution))
          .as(execution.toString())
          .containsExactly(StepOutcome.Status.FAILED);
      assertThat(ChangeScene.text(execution))
          .contains("the invalid index that it left was dropped");
      assertThat(hotdash.database().number("select count(*) from pg_index where not indisvalid"))
          .isZero();
    }
  }
}
