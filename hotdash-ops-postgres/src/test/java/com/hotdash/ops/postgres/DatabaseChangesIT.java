package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.ChangeScene.objections;
import static com.hotdash.ops.postgres.ChangeScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropping indexes, limiting roles, resizing the pool, and names that try to be more. */
class DatabaseChangesIT {
  private static final String NASTY = "a\"; drop table shop.victim; --'$$\\ ü{?}";

  private ChangeScene scene;

  @BeforeEach
  void open() {
    scene = new ChangeScene(18);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create index what on shop.sales (status)",
        "create index what on shop.sales using btree (lower(status) desc, id) include (shop_id)"
            + " with (fillfactor='70') where ((status <> 'a''b'::text))",
        "create unique index what on shop.sales (shop_id, id)"
      })
  void dropIndex_anyKind_isDroppedAndBuiltAgainTheSame(String sql) {
    scene.table("sales", 100);
    scene.sql(sql);
    var before = definition("what");

    var plan = scene.runbook().database().dropIndex("what").plan();
    var execution = (sql.contains("unique") ? plan.despite("unique", "-") : plan).apply("unused");

    assertThat(plan.effect()).isEqualTo(Effect.COMPENSABLE);
    assertThat(CreateIndexIT.statuses(execution)).containsExactly(Status.DONE);
    assertThat(scene.indexes("c.relname = 'what'")).isZero();
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    var undo = execution.undo().apply("it was used after all");
    assertThat(CreateIndexIT.statuses(undo)).as(undo.toString()).containsExactly(Status.DONE);
    assertThat(definition("what")).isEqualTo(before);
    assertThat(undo.verify().result()).isEqualTo(Result.CURED);
  }

  private String definition(String index) {
    return scene
        .hotdash()
        .database()
        .text("select pg_get_indexdef('shop." + index + "'::regclass)");
  }

  @Test
  void dropIndex_somethingRestsOnIt_isRefused() {
    scene.table("sales", 100);
    scene.sql(
        "create table shop.lines (id int primary key, sale bigint references shop.sales)",
        "create index lines_sale on shop.lines (sale, id)",
        "alter table shop.lines owner to hotdash_app");
    var database = scene.runbook().database();

    assertThat(text(database.dropIndex("sales_pkey").plan()))
        .contains("constraint: shop.sales_pkey is what the constraint", "sales_pkey");
    var foreign = database.dropIndex("shop.lines_sale").plan();
    assertThat(text(foreign)).contains("foreign-key", "lines_sale_fkey");
    assertThatThrownBy(() -> foreign.apply("why")).hasMessageContaining("foreign-key");

    scene.sql("create index lines_sale_2 on shop.lines (sale)");
    assertThat(database.dropIndex("shop.lines_sale").plan().objections()).isEmpty();
  }

  @Test
  void dropIndex_plansUsedIt_isObjectedToByNumbers() {
    scene.table("sales", 5_000);
    scene.sql(
        "create index sales_shop on shop.sales (shop_id)",
        "analyze shop.sales",
        "set enable_seqscan = off",
        "select count(*) from shop.sales where shop_id = 3");
    var database = scene.runbook().database();
    scene.open(
        "begin",
        "set local enable_seqscan = off",
        "select count(*) from shop.sales where shop_id = 3",
        "commit",
        "select pg_stat_force_next_flush()",
        "select 1");
    Servers.await(
        "an objection", () -> !database.dropIndex("sales_shop").plan().objections().isEmpty());

    var plan = database.dropIndex("sales_shop").plan();

    assertThat(objections(plan)).containsExactly("used");
    assertThat(plan.objections().get(0).reason()).startsWith("plans used it ");
    assertThat(plan.objections().get(0).hard()).isFalse();
  }

  @Test
  void dropIndex_noSuchOrNotOurs_isRefused() {
    scene.table("sales", 10);
    scene.sql("create index what on shop.sales (status)");

    assertThat(text(scene.runbook().database().dropIndex("Nothing").plan()))
        .contains("there is no index Nothing");
    assertThat(text(scene.runbook().database().dropIndex("WHAT").plan()))
        .contains("say which: shop.what");
    assertThat(text(scene.runbook(scene.hotdash().ops()).database().dropIndex("what").plan()))
        .contains("not-permitted", "GRANT \"hotdash_app\" TO \"hotdash_ops\";");
    assertThat(scene.indexes("c.relname = 'what'")).isOne();
  }

  @Test
  void dropIndex_readerIsInTheWay_isShownAndGivesUp() {
    scene.table("sales", 10);
    scene.sql("create index what on shop.sales (status)");
    scene.open("begin", "select * from shop.sales limit 1");
    var database = scene.runbook().database();
    Servers.await(
        "an old transaction", () -> !database.dropIndex("what").plan().objections().isEmpty());

    var plan = database.dropIndex("what").plan();
    var execution = plan.despite("old-transactions", "-").apply("why");

    assertThat(objections(plan)).containsExactly("old-transactions");
    assertThat(CreateIndexIT.statuses(execution)).containsExactly(Status.FAILED);
    assertThat(text(execution)).contains("lock timeout", "dropping it again finishes it");
    assertThat(scene.indexes("c.relname = 'what' and not i.indisvalid")).isOne();
  }

  @Test
  void everyName_holdsSql_isANameAndNothingElse() {
    var quoted = Grants.quote(NASTY);
    scene.sql(
        "create table shop.victim (id int)",
        "create table shop." + quoted + " (" + quoted + " int, b int)",
        "alter table shop." + quoted + " owner to hotdash_app");
    var database = scene.runbook().database();

    var wanted = NewIndex.on("shop." + NASTY, NASTY, "b").named("i" + NASTY);
    var created = database.createIndex(wanted).plan().apply("why");

    assertThat(CreateIndexIT.statuses(created)).as(created.toString()).containsExactly(Status.DONE);
    assertThat(created.verify().result()).isEqualTo(Result.CURED);
    var dropped = database.dropIndex("shop.i" + NASTY).plan().apply("why");
    assertThat(CreateIndexIT.statuses(dropped)).as(dropped.toString()).containsExactly(Status.DONE);
    assertThat(CreateIndexIT.statuses(dropped.undo().apply("why"))).containsExactly(Status.DONE);
    assertThat(CreateIndexIT.statuses(created.undo().apply("why"))).containsExactly(Status.MOVED);
    assertThat(scene.hotdash().database().number("select count(*) from shop.victim")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.sales; drop table shop.victim",
        "sales\"; drop table shop.victim; --",
        "sales' or 'a'='a",
        "shop.sales) ; drop table shop.victim; --",
        "\u202esales",
        "shop.sales\\",
        "$$sales$$",
        "{sales}",
        "?"
      })
  void everyName_thatIsNone_hasNoEffect(String name) {
    scene.table("sales", 10);
    scene.sql("create table shop.victim (id int)");
    var database = scene.runbook().database();

    var table = database.createIndex(name, "id").plan();
    var column = database.createIndex("shop.sales", name).plan();
    var index = database.dropIndex(name).plan();
    var role = database.limitIdleTransactions(name, Duration.ofSeconds(60)).plan();

    assertThat(objections(table)).contains("no-such-table");
    assertThat(objections(column)).contains("no-such-column");
    assertThat(objections(index)).contains("no-such-index");
    assertThat(objections(role)).contains("no-such-role");
    assertThat(scene.hotdash().database().number("select count(*) from shop.victim")).isZero();
  }

  @Test
  void limitIdleTransactions_ownRole_holdsForNewSessionsAndIsTakenBack() {
    var app = scene.hotdash().app();
    var database = scene.runbook().database();

    var plan = database.limitIdleTransactions(app.name(), Duration.ofSeconds(90)).plan();
    var execution = plan.apply("transactions leak");

    assertThat(plan.byHand())
        .containsExactly(
            "ALTER ROLE \"hotdash_app\" SET idle_in_transaction_session_timeout = '90000ms';");
    assertThat(text(plan)).contains("keep what they began with");
    assertThat(CreateIndexIT.statuses(execution)).containsExactly(Status.DONE);
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(limitOfNewSession()).isEqualTo("90s");
    assertThat(database.limitIdleTransactions(app.name(), Duration.ofSeconds(90)).plan().steps())
        .isEmpty();

    var undo = execution.undo().apply("enough");
    assertThat(undo.verify().result()).isEqualTo(Result.CURED);
    assertThat(limitOfNewSession()).isEqualTo("0");
  }

  private String limitOfNewSession() {
    return Clients.ask(scene.hotdash().app(), "show idle_in_transaction_session_timeout");
  }

  @Test
  void limitIdleTransactions_wasSetBefore_goesBackToThat() {
    scene.sql("alter role hotdash_plain set idle_in_transaction_session_timeout = '5min'");
    try {
      var database = scene.runbook(scene.hotdash().plain()).database();
      var execution =
          database.limitIdleTransactions("hotdash_plain", Duration.ofSeconds(5)).plan().apply("-");
      scene.sql("alter role hotdash_plain set idle_in_transaction_session_timeout = '7s'");

      var late = execution.undo().apply("somebody was here");
      assertThat(CreateIndexIT.statuses(late)).containsExactly(Status.MOVED);

      scene.sql("alter role hotdash_plain set idle_in_transaction_session_timeout = '5000ms'");
      assertThat(CreateIndexIT.statuses(execution.undo().apply("now")))
          .containsExactly(Status.DONE);
      assertThat(Clients.ask(scene.hotdash().plain(), "show idle_in_transaction_session_timeout"))
          .isEqualTo("5min");
    } finally {
      scene.sql("alter role hotdash_plain reset idle_in_transaction_session_timeout");
    }
  }

  @Test
  void limitIdleTransactions_ofAnotherRole_saysWhatIsMissing() {
    var plan =
        scene
            .runbook(scene.hotdash().ops())
            .database()
            .limitIdleTransactions("hotdash_app", Duration.ofSeconds(60))
            .plan();

    assertThat(text(plan))
        .contains(
            "not-permitted",
            "ALTER ROLE \"hotdash_ops\" CREATEROLE;",
            "GRANT \"hotdash_app\" TO \"hotdash_ops\" WITH ADMIN OPTION;");
  }

  @Test
  void limitIdleTransactions_roleWithANastyName_isSetByItsName() {
    scene.sql(
        "create table shop.victim (id int)",
        "create role " + Grants.quote(NASTY) + " login",
        "alter role hotdash_ops createrole",
        "grant " + Grants.quote(NASTY) + " to hotdash_ops with admin option");
    try {
      var database = scene.runbook(scene.hotdash().ops()).database();

      var execution =
          database.limitIdleTransactions(NASTY, Duration.ofSeconds(60)).plan().apply("why");

      assertThat(CreateIndexIT.statuses(execution)).containsExactly(Status.DONE);
      assertThat(scene.hotdash().database().number("select count(*) from shop.victim")).isZero();
      assertThat(
              scene
                  .hotdash()
                  .database()
                  .text("select rolconfig::text from pg_roles where rolname ~ 'drop table'"))
          .contains("60000ms");
    } finally {
      scene.sql("alter role hotdash_ops nocreaterole", "drop role " + Grants.quote(NASTY));
    }
  }

  @Test
  void limitIdleTransactions_setInThisDatabase_saysThatItWins() {
    scene.sql(
        "alter role hotdash_app in database hotdash set idle_in_transaction_session_timeout = '1h'");
    try {
      var plan =
          scene
              .runbook()
              .database()
              .limitIdleTransactions("hotdash_app", Duration.ofSeconds(60))
              .plan();

      assertThat(objections(plan)).containsExactly("outweighed");
    } finally {
      scene.sql(
          "alter role hotdash_app in database hotdash reset idle_in_transaction_session_timeout");
    }
  }

  @Test
  void limits_outOfRange_areRefusedAtOnce() {
    var database = scene.runbook().database();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> database.limitIdleTransactions("hotdash_app", Duration.ofMillis(999)).plan());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> database.limitIdleTransactions("hotdash_app", Duration.ofDays(25)).plan());
    assertThatIllegalArgumentException().isThrownBy(() -> database.resizePool(0).plan());
    assertThatIllegalArgumentException().isThrownBy(() -> database.dropIndex("a\nb").plan());
  }

  @Test
  void resizePool_handedIn_isResizedLiveWithinTheServersSlots() throws SQLException {
    try (var pool = Clients.pool(scene.hotdash().app(), 2);
        var one = pool.getConnection();
        var two = pool.getConnection()) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
      var database = runbook(pool).database();

      var execution = database.resizePool(3).plan().apply("borrowers wait");

      assertThat(CreateIndexIT.statuses(execution)).containsExactly(Status.DONE);
      try (var three = pool.getConnection()) {
        assertThat(three.isValid(1)).isTrue();
      }
      assertThat(execution.verify().result()).isEqualTo(Result.CURED);
      assertThat(objections(database.resizePool(58).plan())).containsExactly("too-large");
      assertThat(objections(database.resizePool(57).plan())).containsExactly("too-few-slots");
      assertThat(database.resizePool(3).plan().steps()).isEmpty();
      assertThat(CreateIndexIT.statuses(execution.undo().apply("calm again")))
          .containsExactly(Status.DONE);
      assertThat(pool.getMaximumPoolSize()).isEqualTo(2);
    }
  }

  @Test
  void resizePool_noneOrClosed_isNotLookedAt() throws SQLException {
    assertThatThrownBy(() -> scene.runbook().database().resizePool(5).plan())
        .hasMessageContaining("no pool was handed in");
    var pool = Clients.pool(scene.hotdash().app(), 2);
    pool.getConnection().close();
    var plan = runbook(pool).database().resizePool(1).plan();
    pool.close();

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("gone");
  }

  private RunbookProcedures runbook(HikariDataSource pool) {
    var pg =
        scene.hold(
            PgDiagnostics.builder()
                .databaseUrl(Secret.of(scene.hotdash().app().url()))
                .applicationPool(pool)
                .build());
    return scene.hold(RunbookProcedures.builder().database(pg.port()).operator("sam").build());
  }
}
