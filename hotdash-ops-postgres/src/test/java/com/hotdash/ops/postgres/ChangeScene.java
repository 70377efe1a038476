package com.hotdash.ops.postgres;

import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgRole;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** One test's schema on a shared server, and what it opened, all of it gone afterwards. */
final class ChangeScene implements AutoCloseable {
  /** How long a build waits for others, in these tests. */
  static final Duration LOCK_WAIT = Duration.ofMillis(400);

  private final Hotdash hotdash;
  private final Deque<AutoCloseable> held = new ArrayDeque<>();

  ChangeScene(int major) {
    hotdash = Servers.of(major);
    hotdash.database().sql("create schema shop authorization hotdash_app");
  }

  Hotdash hotdash() {
    return hotdash;
  }

  void sql(String... statements) {
    hotdash.database().sql(statements);
  }

  /** A table of the application's, with some rows. */
  void table(String name, int rows) {
    sql(
        "create table shop." + name + " (id bigint primary key, shop_id int, status text)",
        "insert into shop."
            + name
            + " select n, n % 50, 'paid' from generate_series(1, "
            + rows
            + ") n",
        "alter table shop." + name + " owner to hotdash_app",
        "analyze shop." + name);
  }

  RunbookProcedures runbook() {
    return runbook(hotdash.app());
  }

  RunbookProcedures runbook(PgRole role) {
    return runbook(role.url(), LOCK_WAIT);
  }

  RunbookProcedures runbook(String url, Duration lockWait) {
    return runbook(url, builder -> builder.indexLockWait(lockWait));
  }

  RunbookProcedures runbook(String url, UnaryOperator<PgDiagnostics.Builder> more) {
    var pg = hold(more.apply(PgDiagnostics.builder().databaseUrl(Secret.of(url))).build());
    return hold(
        RunbookProcedures.builder()
            .database(pg.port())
            .patience(
                new Patience(Duration.ofMillis(400), Duration.ofSeconds(3), Duration.ofMillis(50)))
            .operator("sam")
            .build());
  }

  /** A session that does nothing but keep what it has done. */
  Clients open(String... statements) {
    var client = hold(Clients.open(hotdash.app(), "holder"));
    for (var sql : statements) {
      client.run(sql);
    }
    return client;
  }

  /** A transaction that reads another table: no build may end before it. */
  Clients snapshot() {
    return open("begin isolation level repeatable read", "select count(*) from orders");
  }

  <T extends AutoCloseable> T hold(T each) {
    held.push(each);
    return each;
  }

  long indexes(String where) {
    return hotdash
        .database()
        .number(
            "select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid"
                + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'shop' and "
                + where);
  }

  /** Waits until a build has come to where only the end of others' transactions is missing. */
  void awaitWaitingBuild() {
    Servers.await(
        "a build that waits",
        () ->
            hotdash
                    .database()
                    .number(
                        "select count(*) from pg_stat_progress_create_index"
                            + " where phase like 'waiting for%'")
                > 0);
  }

  /** As a person reads it, whatever the width of the page. */
  static String text(Object shown) {
    return shown.toString().replaceAll("\\s+", " ");
  }

  static List<String> objections(Plan plan) {
    return plan.objections().stream().map(Objection::name).toList();
  }

  @Override
  public void close() {
    while (!held.isEmpty()) {
      try {
        held.pop().close();
      } catch (Exception e) { // Of AutoCloseable; none of these throws one.
        throw new IllegalStateException(e);
      }
    }
    Servers.await(
        "the end of builds",
        () -> hotdash.database().number("select count(*) from pg_stat_progress_create_index") == 0);
    sql("drop schema shop cascade");
  }
}
