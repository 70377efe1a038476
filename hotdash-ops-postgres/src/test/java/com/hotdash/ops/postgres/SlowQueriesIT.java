package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.postgres.IndexAdvice.Basis;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SlowQueriesIT {
  private static final String BIG = "where shop_id = 7 and created_at > now() - interval '1 hour'";

  private static PgServer server;
  private static Hotdash hotdash;
  private static PgRole reader;

  @BeforeAll
  static void startServer() {
    server = PgServer.builder().setting("shared_preload_libraries", "pg_stat_statements").start();
    hotdash = server.createHotdash();
    // Where Supabase has it.
    hotdash.database().sql("create schema extensions");
    hotdash
        .database()
        .sql(
            "create extension pg_stat_statements schema extensions",
            "grant usage on schema extensions to hotdash_ops, hotdash_plain");
    reader =
        hotdash.database().createRole("reader", Secret.of("r"), "pg_monitor", "pg_read_all_data");
    hotdash.database().sql("grant usage on schema extensions to reader");
    for (int i = 1; i <= 20; i++) {
      table("t" + i, i % 4 == 0 ? 100 : i == 1 || i == 2 || i == 3 || i == 5 ? 40_000 : 1_000);
    }
    hotdash
        .database()
        .sql(
            "create index on t2 (shop_id)",
            "create index on t5 (customer_id) where status = 'paid'",
            "alter table t3 rename to \"we\"\"ird\"",
            "alter table \"we\"\"ird\" rename shop_id to \"shop\"\"; drop table t1; --\"",
            "analyze");
  }

  private static void table(String name, int rows) {
    hotdash
        .database()
        .sql(
            "create table "
                + name
                + " as select n as id, n % 1000 as shop_id, n % 5000 as customer_id,"
                + " case when n % 2 = 0 then 'paid' else 'open' end as status,"
                + " now() - n * interval '1 minute' as created_at, repeat('x', 250) as note"
                + " from generate_series(1, "
                + rows
                + ") n",
            "alter table " + name + " owner to hotdash_app");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void slowQueries_reportOnceAgainstFrequentStatement_intervalRanksTheFrequentFirst() {
    try (var app = Clients.open(hotdash.app(), "app")) {
      hotdash.database().sql("select extensions.pg_stat_statements_reset()");
      app.run("select 1, 2, 3, pg_sleep(1.2)");
      var found =
          measure(
              hotdash.ops(),
              5,
              StatementOrder.TOTAL,
              () -> {
                for (int i = 0; i < 200; i++) {
                  app.run("select 1, pg_sleep(0.002)");
                }
                app.run("select 1, 2, pg_sleep(0.2)");
              });

      var first = found.interval().get(0);
      assertThat(first.calls()).isEqualTo(200);
      assertThat(first.query()).isEqualTo("select $1, pg_sleep($2)");
      assertThat(first.user()).isEqualTo("hotdash_app");
      assertThat(first.meanMs()).isBetween(2.0, 5.5);
      assertThat(first.share()).isGreaterThan(0.5);
      assertThat(first.atLeast()).isFalse();
      assertThat(found.interval().get(1).query()).isEqualTo("select $1, $2, pg_sleep($3)");
      assertThat(found.interval()).noneMatch(each -> each.query().contains("$3, pg_sleep"));
      assertThat(found.allTime().get(0).query()).isEqualTo("select $1, $2, $3, pg_sleep($4)");
      assertThat(found.caveats()).isEmpty();
      assertThat(found.toString()).contains("all time, not now, since ");
      assertThat(found.toString().lines()).hasSizeLessThanOrEqualTo(24);
    }
  }

  @Test
  void slowQueries_byMean_ranksTheSlowestCallFirst() {
    try (var app = Clients.open(hotdash.app(), "app")) {
      var found =
          measure(
              hotdash.ops(),
              2,
              StatementOrder.MEAN,
              () -> {
                for (int i = 0; i < 100; i++) {
                  app.run("select 4, 5, 6, 7, pg_sleep(0.001)");
                }
                app.run("select 4, 5, 6, 7, 8, pg_sleep(0.05)");
              });

      assertThat(found.interval()).hasSize(2);
      assertThat(found.interval().get(0).query()).contains("$5, pg_sleep");
      assertThat(found.ioTimed()).isFalse();
    }
  }

  @Test
  void slowQueries_resetBetween_saysSo() {
    var found =
        measure(
            hotdash.ops(),
            5,
            StatementOrder.TOTAL,
            () ->
                hotdash
                    .database()
                    .sql("select extensions.pg_stat_statements_reset()", "select 1, 2"));

    assertThat(found.caveats()).anyMatch(caveat -> caveat.contains("were reset at"));
    assertThat(found.toString()).contains("CAVEAT");
  }

  @Test
  void slowQueries_longRunner_isCountedAsRunning() {
    try (var app = Clients.open(hotdash.app(), "app")) {
      var thread = new Thread(() -> app.tryRun("select pg_sleep(5)"));
      thread.setDaemon(true);
      thread.start();
      Servers.await(
          "the runner",
          () ->
              hotdash
                      .database()
                      .number(
                          "select count(*) from pg_stat_activity where state = 'active' and query"
                              + " = 'select pg_sleep(5)'")
                  == 1);
      var found = measure(hotdash.ops(), 5, StatementOrder.TOTAL, () -> {});

      assertThat(found.running()).isEqualTo(1);
      assertThat(found.toString()).contains("RUNNING");
      // Else it would end, and count, in the interval of another test.
      hotdash
          .database()
          .sql(
              "select pg_cancel_backend(pid) from pg_stat_activity where query = 'select"
                  + " pg_sleep(5)'");
    }
  }

  @Test
  void slowQueries_missingIndexAmongTwentyTables_rightColumnsByPlan() {
    var found = measure(reader, 20, StatementOrder.TOTAL, SlowQueriesIT::shopping);

    assertThat(found.advice()).hasSize(2);
    assertThat(found.advice()).allMatch(advice -> advice.basis() == Basis.PLANNED);
    assertThat(found.advice())
        .anySatisfy(
            advice -> {
              assertThat(advice.table()).isEqualTo("t1");
              assertThat(advice.columns()).containsExactly("shop_id", "created_at");
              assertThat(advice.why()).contains("reads all 1", "of 40000 rows");
              assertThat(advice.writes()).isEqualTo(40_000);
              assertThat(advice.prismaLine()).isEqualTo("@@index([shop_id, created_at])");
              hotdash.database().sql(advice.sql(), "drop index \"" + advice.name() + "\"");
            })
        .anySatisfy(
            advice -> {
              // The index that is there holds a part of the rows only.
              assertThat(advice.table()).isEqualTo("t5");
              assertThat(advice.columns()).containsExactly("customer_id");
            });
  }

  @Test
  void slowQueries_roleThatMayNotReadTables_advisesUnprovenAndSaysWhy() {
    var found = measure(hotdash.ops(), 20, StatementOrder.TOTAL, SlowQueriesIT::shopping);

    assertThat(found.advice()).extracting("table").contains("t1").doesNotContain("t2", "t4");
    assertThat(found.advice())
        .allSatisfy(
            advice -> {
              assertThat(advice.basis()).isEqualTo(Basis.UNPROVEN);
              assertThat(advice.why()).contains("permission denied");
            });
  }

  /**
   * Statements on a table without, with, with half an index, a tiny one, and an unselective one.
   */
  private static void shopping() {
    try (var app = Clients.open(hotdash.app(), "app")) {
      for (int i = 0; i < 3; i++) {
        app.run("select id from t1 " + BIG);
        app.run("select id from t2 " + BIG);
        app.run("select id from t4 " + BIG);
        app.run("select id from t5 where customer_id = 3");
        app.run("select count(note) from t1 where status = 'paid'");
      }
    }
  }

  @Test
  void slowQueries_hostileNames_areQuotedAndNothingIsRun() {
    var found =
        measure(
            reader,
            20,
            StatementOrder.TOTAL,
            () -> {
              try (var app = Clients.open(hotdash.app(), "app")) {
                app.run(
                    "select id from \"we\"\"ird\" where \"shop\"\"; drop table t1; --\" = 7 and"
                        + " customer_id = 8");
              }
            });

    assertThat(found.advice())
        .singleElement()
        .satisfies(
            advice -> {
              assertThat(advice.table()).isEqualTo("we\"ird");
              assertThat(advice.columns()).contains("shop\"; drop table t1; --");
              assertThat(advice.basis()).isEqualTo(Basis.UNPROVEN);
              assertThat(advice.why()).contains("not safe to be planned");
              hotdash.database().sql(advice.sql());
            });
    assertThat(hotdash.database().number("select count(*) from t1")).isEqualTo(40_000);
    hotdash
        .database()
        .sql("drop index \"" + found.advice().get(0).name().replace("\"", "\"\"") + "\"");
  }

  @Test
  void slowQueries_functionThatPlanningRuns_changesNothing() {
    hotdash
        .database()
        .sql(
            "create function plant() returns int volatile language plpgsql as"
                + " 'begin create table if not exists pwned (a int); return 7; end'",
            "create function evil() returns int immutable language plpgsql as"
                + " 'begin return public.plant(); end'");
    var found =
        measure(
            reader,
            20,
            StatementOrder.TOTAL,
            () -> {
              var url = server.superuserUrl().replaceAll("/postgres$", "/hotdash");
              try (var app = Clients.open(url, "app")) {
                app.run("select id from t1 where shop_id = 7 and customer_id = public.evil()");
                app.run("drop table pwned");
              }
            });

    assertThat(found.advice()).isNotEmpty();
    assertThat(hotdash.database().number("select count(*) from pg_class where relname = 'pwned'"))
        .isZero();
  }

  @Test
  void slowQueries_unprivileged_saysWhatIsHidden() {
    try (var app = Clients.open(hotdash.app(), "app")) {
      var found =
          measure(hotdash.plain(), 5, StatementOrder.TOTAL, () -> app.run("select 1, 2, 3, 4"));

      assertThat(found.hidden()).isPositive();
      assertThat(found.running()).isNull();
      assertThat(found.toString()).contains("HIDDEN");
    }
  }

  @Test
  void slowQueries_extensionMissing_saysHowToGetIt() {
    server.sql("create database bare");
    var url = server.superuserUrl().replaceAll("/postgres$", "/bare");
    try (var diagnostics = Servers.at(url)) {
      assertThatThrownBy(
              () -> diagnostics.slowQueries(5, StatementOrder.TOTAL, Duration.ofMillis(1)))
          .isInstanceOf(PgStatementException.class)
          .hasMessageContaining("pg_stat_statements is not installed in this database")
          .hasMessageContaining("CREATE EXTENSION");
    }
  }

  @Test
  void slowQueries_schemaClosedToOurRole_saysWhichGrantIsMissing() {
    var stranger = hotdash.database().createRole("stranger", Secret.of("s"), "pg_monitor");
    try (var diagnostics = Servers.as(stranger)) {
      assertThatThrownBy(
              () -> diagnostics.slowQueries(5, StatementOrder.TOTAL, Duration.ofMillis(1)))
          .isInstanceOf(PgPermissionException.class)
          .hasMessageContaining("GRANT USAGE ON SCHEMA extensions TO \"stranger\";");
    }
  }

  @Test
  void slowQueries_outOfRange_isRefused() {
    try (var diagnostics = Servers.as(hotdash.ops())) {
      for (var bad : List.of(0, 101)) {
        assertThatThrownBy(() -> diagnostics.slowQueries(bad, StatementOrder.TOTAL))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(
              () -> diagnostics.slowQueries(5, StatementOrder.TOTAL, Duration.ofMinutes(2)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Takes the interval for as long as the work takes. */
  private static SlowQueries measure(PgRole role, int most, StatementOrder by, Runnable work) {
    var time = new Time(Time.SYSTEM.clock(), Time.SYSTEM.ticker(), wait -> work.run());
    try (var diagnostics =
        PgDiagnostics.builder().databaseUrl(Secret.of(role.url())).time(time).build()) {
      return diagnostics.slowQueries(most, by, Duration.ofSeconds(10));
    }
  }
}
