package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.LockChain;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same server seen by three roles: what one of them may not see is never taken for fine. */
@ParameterizedClass
@SuppressWarnings("NullAway.Init") // Its servers are set before each of its rounds.
@MethodSource("majors")
class RolesIT {
  private static PgServer server;
  private static Hotdash hotdash;

  enum Eyes {
    SUPERUSER,
    MONITOR,
    ORDINARY;

    boolean seeAll() {
      return this != ORDINARY;
    }

    PgDiagnostics open() {
      return Servers.at(url());
    }

    String url() {
      return switch (this) {
        case SUPERUSER -> server.superuserUrl().replaceAll("/postgres$", "/hotdash");
        case MONITOR -> hotdash.ops().url();
        case ORDINARY -> hotdash.plain().url();
      };
    }
  }

  @Parameter int major;

  static IntStream majors() {
    return EveryMajorIT.majors();
  }

  @BeforeParameterizedClassInvocation
  static void startServer(int major) {
    server =
        Servers.builder(major)
            .setting("max_connections", "300")
            .setting("shared_preload_libraries", "pg_stat_statements")
            .start();
    hotdash = server.createHotdash();
    hotdash
        .database()
        .sql(
            "create extension pg_stat_statements",
            "create table _prisma_migrations (id text, finished_at timestamptz, migration_name"
                + " text, logs text, rolled_back_at timestamptz, started_at timestamptz default"
                + " now(), applied_steps_count int)",
            "insert into _prisma_migrations (id, migration_name) values ('1', '20251102_second')",
            "grant select on _prisma_migrations to hotdash_ops",
            "create table doubled (a int)",
            "insert into doubled values (1), (1)");
    try (var builder = Clients.open(Eyes.SUPERUSER.url(), "builder")) {
      assertThat(builder.tryRun("create unique index concurrently broken on doubled (a)"))
          .isFalse();
    }
  }

  @AfterParameterizedClassInvocation
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void diagnose_healthyServer_isOkOnlyForWhoSeesAll(Eyes eyes) {
    try (var app = Clients.open(hotdash.app(), "web")) {
      assertThat(app.alive()).isTrue();

      var diagnosis = diagnose(eyes);

      assertThat(diagnosis.verdict())
          .as(diagnosis.toString())
          .isEqualTo(eyes.seeAll() ? Verdict.OK : Verdict.UNKNOWN);
      assertThat(diagnosis.toString().contains("GRANT"))
          .as(diagnosis.toString())
          .isEqualTo(!eyes.seeAll());
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagnose_transactionLeftOpen_isNeverOk(Eyes eyes) {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      assertThat(fault.pids()).isNotEmpty();

      var diagnosis = diagnose(eyes);

      assertThat(diagnosis.verdict()).as(diagnosis.toString()).isNotEqualTo(Verdict.OK);
      if (eyes.seeAll()) {
        assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
      }
    }
  }

  private static Diagnosis diagnose(Eyes eyes) {
    try (var pg = eyes.open();
        var ops =
            RunbookProcedures.builder()
                .database(pg.port())
                .databaseThresholds(
                    DatabaseThresholds.DEFAULT
                        .withIdleInTransaction(Duration.ofMillis(1))
                        .withLockWait(Duration.ZERO))
                .build()) {
      return ops.databaseConnectionIssues().diagnose();
    }
  }

  @ParameterizedTest
  @EnumSource
  void verbs_lockChain_edgesAreSeenByAllAndTheRestIsCounted(Eyes eyes) {
    try (var chain = LockChain.start(hotdash.app(), 3);
        var pg = eyes.open()) {
      var locks = pg.locks();
      assertThat(locks.forest().roots())
          .singleElement()
          .satisfies(root -> assertThat(root.pid()).isEqualTo(chain.rootPid()));
      assertThat(locks.waiters()).hasSize(2);
      assertThat(locks.hidden()).isEqualTo(eyes.seeAll() ? 0 : 1);
      var active = pg.activeQueries();
      assertThat(active.hidden()).isEqualTo(eyes.seeAll() ? 0 : 3);
      var open = pg.longTransactions(Duration.ofNanos(1));
      assertThat(open.hidden() > 0).isEqualTo(!eyes.seeAll());
      var count = pg.connectionCount();
      assertThat(count.hidden()).isEqualTo(eyes.seeAll() ? 0 : 3);
      assertThat(pg.maxConnections().max()).isEqualTo(300);
      assertThat(pg.checkAccess().ok()).isEqualTo(eyes.seeAll());
    }
  }

  @ParameterizedTest
  @EnumSource
  void snapshot_everyReading_isMadeOrNotChecked(Eyes eyes) {
    try (var app = Clients.open(hotdash.app(), "web");
        var pg = eyes.open()) {
      app.run("select 1, 2, 3");
      var snapshot = pg.snapshot();

      // The migration and the index that failed are seen by whoever may see them.
      assertThat(snapshot.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(snapshot.toString()).contains("index public.broken");
      assertThat(snapshot.notChecked().isEmpty()).isEqualTo(eyes.seeAll());
      assertThat(snapshot.migrations().toOptional().isPresent()).isEqualTo(eyes.seeAll());
    }
  }

  @ParameterizedTest
  @EnumSource
  void look_beyondConnections_isReadOrSaysWhatIsHidden(Eyes eyes) {
    try (var holder = Clients.open(hotdash.app(), "web");
        var app = Clients.open(hotdash.app(), "web");
        var pg = Servers.waitingBy(eyes.url(), () -> app.run("select 1, 2, 3, pg_sleep(0.02)"));
        var look = pg.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      holder.run("begin");
      holder.run("select count(*) from orders");

      var transactions = look.openTransactions(Duration.ofNanos(1));
      assertWhole(transactions, eyes);
      if (eyes.seeAll()) {
        assertThat(value(transactions).holders()).hasSize(1);
      } else {
        // Its oldest snapshot shows to everybody, its age and its statement do not.
        assertThat(value(transactions).holders())
            .allSatisfy(
                each -> {
                  assertThat(each.open()).isNull();
                  assertThat(each.query()).isEmpty();
                });
      }
      assertThat(value(look.invalidIndexes()).indexes())
          .singleElement()
          .satisfies(
              index -> {
                assertThat(index.name()).isEqualTo("public.broken");
                assertThat(index.table()).isEqualTo("public.doubled");
                assertThat(index.beingBuilt()).isFalse();
              });
      assertThat(value(look.transactionIds()).oldest())
          .isNotEmpty()
          .allMatch(age -> age.left() > 2_000_000_000L);
      assertThat(value(look.transactionIds()).freezeMaxAge()).isEqualTo(200_000_000);
      var migrations = look.openMigrations();
      if (eyes.seeAll()) {
        assertThat(value(migrations).migrations())
            .extracting("name")
            .containsExactly("20251102_second");
      } else {
        assertThat(migrations.obstacle().orElseThrow().toString()).contains("permission denied");
      }
      var statements = look.slowStatements(Duration.ofSeconds(3));
      assertWhole(statements, eyes);
      assertThat(value(statements).running() == null).isEqualTo(!eyes.seeAll());
      if (eyes.seeAll()) {
        var first = value(statements).statements().get(0);
        assertThat(first.query())
            .as(statements.toString())
            .isEqualTo("select $1, $2, $3, pg_sleep($4)");
        assertThat(first.calls()).isEqualTo(1);
        assertThat(first.mean()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
      }
      assertThat(look.sessions().toOptional().orElseThrow().waits()).isEmpty();
      assertThat(look.slowStatements(Duration.ofSeconds(1))).isSameAs(statements);
    }
  }

  private static void assertWhole(Reading<?> reading, Eyes eyes) {
    var coverage = reading.evidenceIfRead().orElseThrow().coverage();
    if (eyes.seeAll()) {
      assertThat(coverage).isNull();
    } else {
      assertThat(coverage).contains("hidden", "GRANT pg_monitor TO \"hotdash_plain\";");
    }
  }

  private static <T> T value(Reading<T> reading) {
    assertThat(reading.obstacle()).isEmpty();
    return reading.toOptional().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void look_closedWhileItWaitsForTheInterval_endsAtOnceAndSaysSo(Eyes eyes) {
    try (var pg = eyes.open()) {
      var look = pg.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(60)));
      assertThat(look.capacity().toOptional()).isPresent();
      var closer = new Thread(look::close);
      closer.start();

      var reading = look.slowStatements(Duration.ofSeconds(50));

      assertThat(reading.obstacle().orElseThrow().what())
          .isEqualTo(DatabaseLook.SLOW_STATEMENTS.name());
      assertThat(reading.obstacle().orElseThrow().why().name()).isEqualTo("CANCELLED");
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void look_deadlineLeavesNoInterval_isTimedOut(Eyes eyes) {
    try (var pg = eyes.open();
        var look = pg.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      var reading = look.slowStatements(Duration.ofSeconds(30));

      assertThat(reading.obstacle().orElseThrow().why().name()).isEqualTo("TIMED_OUT");
    }
  }
}
