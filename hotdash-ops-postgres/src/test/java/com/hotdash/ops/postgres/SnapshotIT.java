package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.LockChain;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.PgProxy.Failure;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.postgres.RunningIndexBuild;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SnapshotIT {
  private static final String ENTRIES =
      "select count(*) from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname"
          + " = 'hotdash_ops'";

  private static PgServer server;
  private static Hotdash hotdash;

  @BeforeAll
  static void startServer() {
    server =
        PgServer.builder()
            .setting("shared_preload_libraries", "pg_stat_statements")
            .setting("max_connections", "40")
            .setting("wal_level", "logical")
            .start();
    hotdash = server.createHotdash();
    hotdash
        .database()
        .sql(
            "create extension pg_stat_statements",
            "create table _prisma_migrations (id text primary key, checksum text not null,"
                + " finished_at timestamptz, migration_name text not null, logs text,"
                + " rolled_back_at timestamptz, started_at timestamptz not null default now(),"
                + " applied_steps_count int not null default 0)",
            "insert into _prisma_migrations values ('1', 'c', now(), '20251001_first', null, null,"
                + " now(), 1)",
            "grant select on _prisma_migrations to hotdash_ops");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void snapshot_healthyServer_isOkAndReadsEverything() {
    try (var diagnostics = Servers.as(hotdash.ops())) {
      var snapshot = diagnostics.snapshot();

      assertThat(snapshot.notChecked()).isEmpty();
      assertThat(snapshot.notes()).isEmpty();
      assertThat(snapshot.verdict()).isEqualTo(Verdict.OK);
      assertThat(snapshot.capacity().toOptional().orElseThrow().usable()).isLessThan(40);
      assertThat(snapshot.counters().toOptional().orElseThrow().commits()).isPositive();
      assertThat(snapshot.wraparound().toOptional().orElseThrow().oldest()).hasSizeBetween(7, 10);
      assertThat(snapshot.migrations().toOptional().orElseThrow().newest()).isNotNull();
      assertThat(snapshot.slowQueries().toOptional().orElseThrow().interval()).isEmpty();
      assertThat(snapshot.countersSincePrevious()).isNull();
      assertThat(snapshot.toString()).contains("PostgreSQL: OK", "usable connections taken");
    }
  }

  @Test
  void snapshot_withPrevious_tellsTheInterval() {
    try (var diagnostics = Servers.as(hotdash.ops());
        var app = Clients.open(hotdash.app(), "app")) {
      var first = diagnostics.snapshot();
      for (int i = 0; i < 50; i++) {
        app.run("select 1, 2, pg_sleep(0.002)");
      }
      Servers.await(
          "the counters of the application's session",
          () ->
              diagnostics.snapshot(first).countersSincePrevious() != null
                  && Objects.requireNonNull(diagnostics.snapshot(first).countersSincePrevious())
                          .commits()
                      >= 50);
      var second = diagnostics.snapshot(first);

      var slow = second.slowQueries().toOptional().orElseThrow();
      assertThat(slow.interval().get(0).query()).isEqualTo("select $1, $2, pg_sleep($3)");
      assertThat(slow.interval().get(0).calls()).isEqualTo(50);
      assertThat(second.toString()).contains("database", "within ");
    }
  }

  @Test
  void snapshot_unprivileged_isNeverOkAndSaysWhatItCouldNotSee() {
    try (var app = Clients.open(hotdash.app(), "app");
        var diagnostics = Servers.as(hotdash.plain())) {
      assertThat(app.alive()).isTrue();
      var snapshot = diagnostics.snapshot();

      assertThat(snapshot.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(snapshot.notChecked())
          .extracting(NotChecked::what)
          .contains(
              "what other roles' sessions do",
              "other roles' transactions",
              "other roles' statements",
              "Prisma's migrations");
      assertThat(snapshot.toString()).contains("PostgreSQL: UNKNOWN", "NOT CHECKED");
    }
  }

  @Test
  void snapshot_behindExclusiveLocks_endsWithinASecondAndListsWhatItSkipped() {
    try (var holder = Clients.open(hotdash.app(), "migration");
        var superuser = Clients.open(url(), "migration");
        var diagnostics = Servers.as(hotdash.ops())) {
      diagnostics.snapshot(); // Loads the classes.
      holder.run("begin");
      holder.run("lock table orders, products in access exclusive mode");
      superuser.run("begin");
      superuser.run("lock table _prisma_migrations in access exclusive mode");
      // The quickest of three: a busy machine can take any one of them longer.
      var quickest = Duration.ofDays(1);
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        diagnostics.snapshot();
        var took = Duration.ofNanos(System.nanoTime() - start);
        quickest = took.compareTo(quickest) < 0 ? took : quickest;
      }
      assertThat(quickest).isLessThan(Duration.ofSeconds(1));
      var snapshot = diagnostics.snapshot();
      assertThat(snapshot.notChecked())
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.what()).isEqualTo("Prisma's migrations");
                assertThat(each.why()).isEqualTo(Why.TIMED_OUT);
                assertThat(each.detail()).contains("lock timeout");
              });
      assertThat(snapshot.indexes().toOptional()).isPresent();
      assertThat(snapshot.tables().toOptional()).isPresent();
      assertThat(snapshot.verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  private static String url() {
    return server.superuserUrl().replaceAll("/postgres$", "/hotdash");
  }

  @Test
  void snapshot_sickServer_saysWhatIsWrongWorstFirst() {
    hotdash
        .database()
        .sql(
            "insert into _prisma_migrations (id, checksum, migration_name, logs) values ('2', 'c',"
                + " '20251102_second', E'A migration failed to apply.\\nDatabase error code:"
                + " 23505\\nERROR: duplicate key value \\'secret@example.com\\'')",
            "create table churned (a int) with (autovacuum_enabled = off)",
            "insert into churned select generate_series(1, 30000)",
            "delete from churned where a % 2 = 0",
            "create index first_same on orders (status)",
            "create index second_same on orders (status)",
            "select pg_create_logical_replication_slot('forgotten', 'pgoutput')");
    try (var chain = LockChain.start(hotdash.app(), 3);
        var diagnostics = Servers.as(hotdash.ops())) {
      Servers.await(
          "the count of dead rows",
          () ->
              hotdash
                      .database()
                      .number(
                          "select n_dead_tup from pg_stat_user_tables where relname = 'churned'")
                  >= 15_000);
      var snapshot = diagnostics.snapshot();

      assertThat(snapshot.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(texts(snapshot, Severity.WARNING))
          .contains("vacuum is behind on 1 tables; the worst: public.churned")
          .contains("20251102_second began at")
          .contains("ERROR: duplicate key value ?")
          .doesNotContain("secret@example.com");
      assertThat(texts(snapshot, Severity.INFO))
          .contains("2 sessions wait for locks", "pid " + chain.rootPid())
          .contains("indexes on public.orders are the same: public.first_same, public.second_same");
      assertThat(snapshot.notes())
          .isSortedAccordingTo((a, b) -> a.severity().compareTo(b.severity()));
      assertThat(snapshot.replication().toOptional().orElseThrow().slots())
          .singleElement()
          .satisfies(
              slot -> {
                assertThat(slot.name()).isEqualTo("forgotten");
                assertThat(slot.active()).isFalse();
                assertThat(slot.walStatus()).isEqualTo("reserved");
              });
      assertThat(snapshot.toString().lines()).hasSizeLessThanOrEqualTo(24);
      assertThat(snapshot.toString().lines()).allMatch(line -> line.length() <= 100);
      assertThat(snapshot.waits()).containsEntry("Lock: transactionid", 2);
    } finally {
      hotdash
          .database()
          .sql(
              "delete from _prisma_migrations where id = '2'",
              "drop table churned",
              "drop index first_same",
              "drop index second_same",
              "select pg_drop_replication_slot('forgotten')");
    }
  }

  @Test
  void snapshot_indexBuildThatWaits_isAChangeAndItsIndexIsNoLeftover() {
    try (var build = RunningIndexBuild.start(hotdash.app());
        var diagnostics = Servers.as(hotdash.ops())) {
      var snapshot = diagnostics.snapshot();

      assertThat(texts(snapshot, Severity.WARNING))
          .contains("a change runs and waits: pid " + build.builderPid())
          .doesNotContain("is invalid");
      assertThat(snapshot.indexes().toOptional().orElseThrow().invalid())
          .singleElement()
          .satisfies(each -> assertThat(each.beingBuilt()).isTrue());
    }
  }

  @Test
  void snapshot_failedBuild_leavesAnInvalidIndex() {
    try (var app = Clients.open(hotdash.app(), "app");
        var diagnostics = Servers.as(hotdash.ops())) {
      assertThat(app.tryRun("create unique index concurrently broken on orders (status)"))
          .isFalse();

      assertThat(texts(diagnostics.snapshot(), Severity.WARNING))
          .contains("index public.broken on public.orders is invalid", "DROP INDEX CONCURRENTLY");
      app.run("drop index broken");
    }
  }

  private static String texts(Snapshot snapshot, Severity severity) {
    return snapshot.notes().stream()
        .filter(note -> note.severity() == severity)
        .map(Snapshot.Note::toString)
        .reduce("", (a, b) -> a + "\n" + b);
  }

  @Test
  void snapshot_connectionCutAtEachStatement_tellsATrueStory() {
    try (var proxy = PgProxy.start(server);
        var diagnostics =
            PgDiagnostics.builder().databaseUrl(Secret.of(proxy.url(hotdash.ops()))).build()) {
      diagnostics.snapshot();
      long before = proxy.statements();
      diagnostics.snapshot();
      long statements = proxy.statements() - before - 1;
      // Four open the connection; eleven readings take one each, those of Prisma's migrations and
      // of the counted statements take two: one to find where they are.
      assertThat(statements).isBetween(12L, 18L);

      for (int n = 1; n <= statements; n++) {
        proxy.failStatement(n, Failure.CUT);
        var snapshot = diagnostics.snapshot();

        assertThat(snapshot.verdict()).as("statement %d: %s", n, snapshot).isNotEqualTo(Verdict.OK);
        assertThat(snapshot.notChecked()).as("statement %d", n).isNotEmpty();
      }
    }
  }

  /**
   * What a look costs where the way to the server is long; the time itself depends on the machine.
   */
  @Test
  void look_incidentCoreOverAWarmConnection_takesOneRoundTripAReading() {
    try (var proxy = PgProxy.start(server);
        var diagnostics =
            PgDiagnostics.builder()
                .databaseUrl(Secret.of(proxy.url(hotdash.ops())))
                .guardian()
                .build()) {
      diagnostics.guard();
      long before = proxy.statements();
      try (var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
        assertThat(look.capacity().toOptional()).isPresent();
        assertThat(look.sessions().toOptional()).isPresent();
        assertThat(look.locks().toOptional()).isPresent();
        assertThat(look.mode().toOptional()).isPresent();
      }

      // And one before, to see that the connection still answers.
      assertThat(proxy.statements() - before).isEqualTo(4 + 1);
    }
  }

  /** Before version 18 each value of a SET is a statement of its own. */
  @Test
  void snapshot_takenAgainAndAgain_crowdsNobodyOutOfTheStatistics() {
    try (var diagnostics = Servers.as(hotdash.ops())) {
      diagnostics.snapshot();
      diagnostics.locks();
      long before = hotdash.database().number(ENTRIES);
      for (int i = 0; i < 5; i++) {
        diagnostics.snapshot();
        diagnostics.locks();
      }

      assertThat(hotdash.database().number(ENTRIES)).isEqualTo(before);
    }
  }

  @Test
  void snapshot_serverFallsSilent_endsByTheLimitWithWhatItHad() {
    try (var proxy = PgProxy.start(server);
        var diagnostics =
            PgDiagnostics.builder()
                .databaseUrl(Secret.of(proxy.url(hotdash.ops())))
                .callTimeout(Duration.ofMillis(700))
                .build()) {
      diagnostics.snapshot();
      proxy.failStatement(11, Failure.SILENCE);
      long start = System.nanoTime();
      var snapshot = diagnostics.snapshot();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1700));
      assertThat(snapshot.capacity().toOptional()).isPresent();
      assertThat(snapshot.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(snapshot.notChecked()).extracting(NotChecked::why).contains(Why.TIMED_OUT);
    }
  }

  @Test
  void snapshot_noServer_isAProblemAndDoesNotThrow() {
    try (var diagnostics = Servers.at("postgres://u:p@127.0.0.1:1/db")) {
      var snapshot = diagnostics.snapshot();

      assertThat(snapshot.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(snapshot.notes().get(0).severity()).isEqualTo(Severity.CRITICAL);
      assertThat(snapshot.notChecked()).hasSize(12);
      assertThat(snapshot.toString()).contains("no connection: refused");
    }
  }

  @Test
  void snapshot_unprivilegedBesideABuild_takesItsIndexForNoLeftover() {
    try (var build = RunningIndexBuild.start(hotdash.app());
        var diagnostics = Servers.as(hotdash.plain())) {
      assertThat(build.pids()).isNotEmpty();
      assertBeingBuilt(diagnostics.snapshot());
    }
  }

  @Test
  void snapshot_indexThatIsBeingDropped_isNoLeftover() throws Exception {
    hotdash.app().database().sql("drop index if exists going");
    try (var app = Clients.open(hotdash.app(), "app");
        var reader = Clients.open(hotdash.app(), "reader");
        var diagnostics = Servers.as(hotdash.plain())) {
      app.run("create index going on orders (status)");
      reader.run("begin");
      reader.run("select count(*) from orders");
      var drop = new Thread(() -> app.tryRun("drop index concurrently going"));
      drop.start();
      Servers.await(
          "the drop to wait",
          () -> hotdash.database().number("select count(*) from pg_locks where not granted") > 0);

      assertBeingBuilt(diagnostics.snapshot());
      reader.run("rollback");
      drop.join(10_000);
    }
  }

  private static void assertBeingBuilt(Snapshot snapshot) {
    assertThat(texts(snapshot, Severity.WARNING)).doesNotContain("is invalid");
    assertThat(snapshot.indexes().toOptional().orElseThrow().invalid())
        .singleElement()
        .satisfies(each -> assertThat(each.beingBuilt()).isTrue());
  }

  /** Rows that a policy hides are not none. */
  @Test
  void snapshot_migrationsBehindRowSecurity_areNotChecked() {
    hotdash.database().sql("alter table _prisma_migrations enable row level security");
    try (var diagnostics = Servers.as(hotdash.ops())) {
      var snapshot = diagnostics.snapshot();

      assertThat(snapshot.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(snapshot.notChecked())
          .singleElement()
          .satisfies(each -> assertThat(each.detail()).contains("row-level security"));
    } finally {
      hotdash.database().sql("alter table _prisma_migrations disable row level security");
    }
  }

  @Test
  void snapshot_tableWithANastyName_isNamedAsSqlNeedsIt() {
    hotdash
        .database()
        .sql(
            "create table \"x; drop table y\" (a int)",
            "insert into \"x; drop table y\" select generate_series(1, 300)",
            "delete from \"x; drop table y\"");
    try (var diagnostics = Servers.as(hotdash.ops())) {
      Servers.await(
          "the count of dead rows",
          () ->
              diagnostics.snapshot().tables().toOptional().orElseThrow().tables().stream()
                  .anyMatch(each -> each.name().equals("public.\"x; drop table y\"")));
    } finally {
      hotdash.database().sql("drop table \"x; drop table y\"");
    }
  }

  @Test
  void snapshot_previousOfAnotherDatabase_isNoInterval() {
    try (var diagnostics = Servers.as(hotdash.ops());
        var elsewhere = Servers.at(server.superuserUrl())) {
      var other = elsewhere.snapshot();

      assertThat(diagnostics.snapshot(other).countersSincePrevious()).isNull();
      assertThat(diagnostics.snapshot(diagnostics.snapshot()).countersSincePrevious()).isNotNull();
    }
  }
}
