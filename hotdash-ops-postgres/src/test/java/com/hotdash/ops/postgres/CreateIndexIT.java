package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.ChangeScene.objections;
import static com.hotdash.ops.postgres.ChangeScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreateIndexIT {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final String SLOW = "select * from shop.sales where shop_id = $1";

  private ChangeScene scene;

  @BeforeEach
  void open() {
    scene = new ChangeScene(18);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void createIndex_oneOfTwentyTables_isBuiltThereUsedAndTakenBack() {
    for (int i = 1; i < 20; i++) {
      scene.sql(
          "create table shop.t" + i + " (id int, shop_id int, status text)",
          "alter table shop.t" + i + " owner to hotdash_app");
    }
    scene.table("sales", 20_000);
    var wanted = NewIndex.on("shop.sales", "shop_id", "status").forStatement(SLOW);

    var plan = scene.runbook().database().createIndex(wanted).plan();

    assertThat(plan.objections()).isEmpty();
    assertThat(plan.byHand())
        .containsExactly(
            "CREATE INDEX CONCURRENTLY sales_shop_id_status_idx ON shop.sales USING btree (shop_id,"
                + " status);");
    assertThat(text(plan))
        .contains("no index, reads all of sales", "about 20000 rows", "Reads all");
    assertThat(plan.toString().lines().count()).isLessThanOrEqualTo(24);
    assertThat(scene.indexes("c.relname like '%shop_id%'")).as("planning").isZero();

    var execution = plan.apply("checkout is slow");

    assertThat(statuses(execution)).containsExactly(Status.DONE);
    assertThat(scene.indexes("i.indisvalid and c.relname = 'sales_shop_id_status_idx'")).isOne();
    assertThat(scene.indexes("c.relname like '%shop_id%'")).isOne();
    var verification = execution.verify();
    assertThat(verification.result()).as(verification.toString()).isEqualTo(Result.CURED);
    assertThat(verification.detail())
        .contains("by sales_shop_id_status_idx", "before: cost", "reads all of sales");

    var undo = execution.undo().apply("not needed");

    assertThat(statuses(undo)).containsExactly(Status.DONE);
    assertThat(undo.verify().result()).isEqualTo(Result.CURED);
    assertThat(scene.indexes("c.relname like '%shop_id%'")).isZero();
  }

  @Test
  void createIndex_tooSmallToBeUsed_isBuiltAndNotCalledCured() {
    scene.table("sales", 20);

    var execution =
        scene
            .runbook()
            .database()
            .createIndex(NewIndex.on("shop.sales", "shop_id").forStatement(SLOW))
            .plan()
            .apply("try it");

    assertThat(statuses(execution)).containsExactly(Status.DONE);
    // A measurement on a busy machine takes as long as a short patience holds.
    var patience =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMillis(100));
    assertThat(execution.verify(patience).result()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void createIndex_whatIsThereAlready_isNamedAndRefused() {
    scene.table("sales", 10);
    scene.sql(
        "create index by_shop on shop.sales (shop_id, status)",
        "create index sales_status_idx on shop.sales (status, id)",
        "create table shop.sales_id_idx ()");
    var database = scene.runbook().database();

    var equal = database.createIndex("shop.sales", "shop_id", "status").plan();
    var covered = database.createIndex("shop.sales", "shop_id").plan();
    var taken = database.createIndex("shop.sales", "status").plan();
    var table = database.createIndex(NewIndex.on("sales", "status").named("sales_id_idx")).plan();

    assertThat(text(equal)).contains("equal-index", "shop.by_shop has these columns already");
    assertThat(equal.steps()).isEmpty();
    assertThat(objections(covered)).containsExactly("covered");
    assertThat(objections(taken)).containsExactly("name-taken");
    assertThat(objections(table)).contains("name-taken");
    assertThatThrownBy(() -> table.despite("name-taken", "try").apply("why"))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void createIndex_otherKindsOfIndex_areNotTakenForEqual() {
    scene.table("sales", 10);
    scene.sql(
        "create index a1 on shop.sales (status) where id > 5",
        "create index a2 on shop.sales (lower(status))",
        "create index a3 on shop.sales (status desc)",
        "create index a4 on shop.sales (status text_pattern_ops)",
        "create index a5 on shop.sales (status collate \"C\")",
        "create index a6 on shop.sales using hash (status)");

    var plan = scene.runbook().database().createIndex("shop.sales", "status").plan();

    assertThat(plan.objections()).isEmpty();
    assertThat(statuses(plan.apply("why"))).containsExactly(Status.DONE);
  }

  @Test
  void createIndex_notATableOrNoSuch_saysWhichThereAre() {
    scene.table("sales", 10);
    scene.table("\"Sale\"", 10);
    scene.sql(
        "create view shop.v as select * from shop.sales",
        "create table shop.parts (id int) partition by range (id)",
        "create schema other",
        "create table other.sales (id int)",
        "alter view shop.v owner to hotdash_app",
        "alter table shop.parts owner to hotdash_app");
    try {
      var database = scene.runbook().database();

      assertThat(objections(database.createIndex("v", "id").plan())).contains("not-a-table");
      assertThat(objections(database.createIndex("parts", "id").plan()))
          .contains("partitioned-table");
      assertThat(text(database.createIndex("sales", "id").plan()))
          .contains("say which: other.sales, shop.sales");
      assertThat(text(database.createIndex("sale", "id").plan()))
          .contains("say which: shop.\"Sale\"");
      assertThat(text(database.createIndex("nothing", "id").plan()))
          .contains("there is no table nothing");
      assertThat(text(database.createIndex("shop.sales", "shop").plan()))
          .contains("shop.sales has no column shop", "it has id, shop_id, status");
    } finally {
      scene.sql("drop schema other cascade");
    }
  }

  @Test
  void createIndex_roleMayNot_saysTheGrant() {
    scene.table("sales", 10);
    scene.sql("grant usage on schema shop to hotdash_ops");

    var plan =
        scene.runbook(scene.hotdash().ops()).database().createIndex("sales", "status").plan();

    assertThat(text(plan)).contains("not-permitted", "GRANT \"hotdash_app\" TO \"hotdash_ops\";");
    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("not-permitted");
  }

  @Test
  void createIndex_transactionPoolerOnly_isRefused() {
    scene.table("sales", 10);
    var url = scene.hotdash().app().url() + "?pgbouncer=true";

    var plan =
        scene.runbook(url, ChangeScene.LOCK_WAIT).database().createIndex("sales", "status").plan();

    assertThat(text(plan))
        .contains("no-session-address", "DATABASE_URL leads to a transaction pooler");
  }

  @Test
  void createIndex_failedBuildHasLeftAnInvalidOne_dropsItFirst() {
    scene.table("sales", 100);
    leaveInvalid("sales_shop_id_idx", "shop_id");
    leaveInvalid("older_try", "shop_id");

    var plan = scene.runbook().database().createIndex("shop.sales", "shop_id").plan();

    assertThat(plan.objections()).isEmpty();
    assertThat(plan.steps())
        .extracting(Step::kind)
        .containsExactly("index.drop", "index.drop", "index.create");
    var execution = plan.apply("why");
    assertThat(statuses(execution)).containsExactly(Status.DONE, Status.DONE, Status.DONE);
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(scene.indexes("not i.indisvalid")).isZero();
    assertThat(scene.indexes("c.relname = 'sales_shop_id_idx'")).isOne();
  }

  @Test
  void createIndex_oldTransaction_isShownFirstAndTheBuildCleansUpAfterItself() {
    scene.table("sales", 100);
    scene.snapshot();
    scene.open("begin", "select 1");
    var database = scene.runbook().database();
    Servers.await(
        "an old transaction",
        () -> objections(database.createIndex("sales", "shop_id").plan()).size() > 0);

    var plan = database.createIndex("sales", "shop_id").plan();

    assertThat(objections(plan)).containsExactly("old-transactions");
    assertThat(plan.objections().get(0).reason())
        .contains("hotdash_app (holder), idle in transaction")
        .doesNotContain("and 1 more");
    var execution = plan.despite("old-transactions", "it should end soon").apply("why");
    assertThat(statuses(execution)).containsExactly(Status.FAILED);
    assertThat(text(execution))
        .contains("lock timeout", "the invalid index that it left was dropped");
    assertThat(scene.indexes("c.relname = 'sales_shop_id_idx'")).isZero();
  }

  @Test
  void createIndex_writerKeepsTheLeftoverToo_saysWhatIsLeft() {
    scene.table("sales", 100);
    var writer = scene.open("begin", "update shop.sales set status = 'x' where id = 1");
    var database = scene.runbook().database();

    var execution =
        database
            .createIndex("sales", "shop_id")
            .plan()
            .despite("old-transactions", "-")
            .apply("why");

    assertThat(statuses(execution)).containsExactly(Status.FAILED);
    assertThat(text(execution)).contains("it left an invalid index", "plan again");
    writer.run("rollback");
    var again = database.createIndex("sales", "shop_id").plan();
    assertThat(statuses(again.apply("again"))).containsExactly(Status.DONE, Status.DONE);
  }

  @Test
  void createIndex_otherRolesTransactions_areCountedWhereTheirAgeIsHidden() {
    scene.table("sales", 100);
    try (var other = Clients.open(scene.hotdash().ops(), "report")) {
      other.run("begin isolation level repeatable read");
      other.run("select count(*) from pg_class");

      var plan = scene.runbook().database().createIndex("sales", "shop_id").plan();

      assertThat(text(plan)).contains("1 sessions do not show our role how old");
    }
  }

  @Test
  void createIndex_writersDuringTheBuild_seeNoError() throws Exception {
    scene.table("sales", 60_000);
    var errors = new ConcurrentLinkedQueue<Throwable>();
    var over = new AtomicBoolean();
    var begun = new CountDownLatch(3);
    var writers = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      int first = 1_000_000 * (i + 1);
      var client = scene.open("set statement_timeout = '2s'");
      writers.add(
          new Thread(
              () -> {
                for (int n = first; !over.get() && errors.isEmpty(); n++) {
                  try {
                    client.run("insert into shop.sales values (" + n + ", 1, 'new')");
                    client.run("update shop.sales set status = 'y' where id = " + n);
                  } catch (IllegalStateException e) {
                    errors.add(e);
                  }
                  begun.countDown();
                }
              }));
    }
    writers.forEach(Thread::start);
    begun.await();

    var execution =
        scene
            .runbook(scene.hotdash().app().url(), PATIENT)
            .database()
            .createIndex("sales", "shop_id")
            .plan()
            .apply("why");
    over.set(true);
    for (var writer : writers) {
      writer.join();
    }

    assertThat(errors).isEmpty();
    assertThat(statuses(execution)).containsExactly(Status.DONE);
    assertThat(scene.indexes("i.indisvalid and c.relname = 'sales_shop_id_idx'")).isOne();
  }

  @Test
  void createIndex_progress_isToldWhileItBuilds() throws Exception {
    scene.table("sales", 100);
    var holder = scene.snapshot();
    var lines = new ConcurrentLinkedQueue<String>();
    var runbook =
        scene.runbook(
            scene.hotdash().app().url(), pg -> pg.indexLockWait(PATIENT).buildProgress(lines::add));

    var building = apply(runbook.database().createIndex("sales", "shop_id").plan());
    Servers.await("a line of progress", () -> !lines.isEmpty());
    holder.run("rollback");

    assertThat(statuses(building.get())).containsExactly(Status.DONE);
    assertThat(lines).anyMatch(line -> line.startsWith("waiting for old snapshots"));
  }

  @Test
  void createIndex_builderIsEnded_isACertainFailureAndLeavesNothing() throws Exception {
    scene.table("sales", 100);
    scene.snapshot();
    var plan =
        scene
            .runbook(scene.hotdash().app().url(), PATIENT)
            .database()
            .createIndex("sales", "shop_id")
            .plan();
    var building = apply(plan);
    scene.awaitWaitingBuild();

    scene.sql("select pg_terminate_backend(pid) from pg_stat_progress_create_index");

    var execution = building.get();
    assertThat(statuses(execution)).as(execution.toString()).containsExactly(Status.FAILED);
    assertThat(text(execution)).contains("the invalid index that it left was dropped");
    assertThat(scene.indexes("c.relname = 'sales_shop_id_idx'")).isZero();
    assertThat(execution.stopped()).isEmpty();
  }

  @Test
  void createIndex_connectionIsCut_waitsForTheServerWhichGoesOn() throws Exception {
    scene.table("sales", 100);
    var holder = scene.snapshot();
    try (var proxy = PgProxy.start(scene.hotdash().server())) {
      var runbook = scene.runbook(proxy.url(scene.hotdash().app()), PATIENT);
      var building = apply(runbook.database().createIndex("sales", "shop_id").plan());
      scene.awaitWaitingBuild();

      proxy.cut();
      scene.awaitWaitingBuild();
      holder.run("rollback");

      assertThat(statuses(building.get())).containsExactly(Status.DONE);
      assertThat(scene.indexes("i.indisvalid and c.relname = 'sales_shop_id_idx'")).isOne();
    }
  }

  @Test
  void createIndex_weAreInterrupted_isUncertainUntilResumedAndNeverBuiltTwice() throws Exception {
    scene.table("sales", 100);
    var holder = scene.snapshot();
    var runbook = scene.runbook(scene.hotdash().app().url(), PATIENT);
    var plan = runbook.database().createIndex("sales", "shop_id").plan();
    var done = new AtomicReference<Execution>();
    var builder = new Thread(() -> done.set(plan.apply("why")));
    builder.start();
    scene.awaitWaitingBuild();
    builder.interrupt();
    builder.join();

    var execution = done.get();
    assertThat(statuses(execution)).containsExactly(Status.UNCERTAIN);
    var early = runbook.resume(execution.id(), "too early");
    assertThat(statuses(early)).as(early.toString()).containsExactly(Status.UNCERTAIN);

    holder.run("rollback");
    Servers.await(
        "the end of the build", () -> scene.indexes("i.indisvalid and c.relname ~ 'shop_id'") == 1);
    var late = runbook.resume(execution.id(), "now");

    assertThat(statuses(late)).containsExactly(Status.DONE);
    assertThat(text(late)).contains("seen to be made");
    assertThat(scene.indexes("c.relname ~ 'shop_id'")).isOne();
    assertThat(statuses(late.undo().apply("no"))).containsExactly(Status.DONE);
  }

  @Test
  void createIndex_limitComesFirst_theServerGivesUpAndNothingIsLeft() {
    scene.table("sales", 100);
    scene.snapshot();
    var pg =
        scene.hold(
            PgDiagnostics.builder()
                .databaseUrl(Secret.of(scene.hotdash().app().url()))
                .indexLockWait(PATIENT)
                .build());
    var runbook =
        scene.hold(
            RunbookProcedures.builder()
                .database(pg.port())
                .operator("sam")
                .indexBuildWithin(Duration.ofSeconds(2))
                .build());

    var execution = runbook.database().createIndex("sales", "shop_id").plan().apply("why");

    assertThat(statuses(execution)).containsExactly(Status.FAILED);
    assertThat(text(execution)).contains("statement timeout", "was dropped");
    assertThat(scene.indexes("c.relname = 'sales_shop_id_idx'")).isZero();
  }

  @Test
  void createIndex_somebodyWasFaster_buildsNoSecondOne() {
    scene.table("sales", 100);
    var database = scene.runbook().database();
    var sameName = database.createIndex("sales", "shop_id").plan();
    var otherName = database.createIndex(NewIndex.on("sales", "shop_id").named("mine")).plan();
    scene.sql("create index sales_shop_id_idx on shop.sales (shop_id)");

    assertThat(statuses(sameName.apply("why"))).containsExactly(Status.MOVED);
    var other = otherName.apply("why");
    assertThat(statuses(other)).containsExactly(Status.MOVED);
    assertThat(text(other)).contains("an equal index is there: sales_shop_id_idx");
    assertThat(scene.indexes("c.relname ~ 'shop_id|mine'")).isOne();
  }

  @Test
  void createIndex_tableWasRenamed_isAStalePlan() {
    scene.table("sales", 100);
    var plan = scene.runbook().database().createIndex("sales", "shop_id").plan();
    scene.sql("alter table shop.sales rename to old_sales");
    scene.table("sales2", 1);

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("old_sales");
    assertThat(scene.indexes("c.relname ~ 'shop_id'")).isZero();
  }

  private void leaveInvalid(String index, String column) {
    assertThatThrownBy(
            () ->
                scene.open(
                    "create unique index concurrently "
                        + index
                        + " on shop.sales ("
                        + column
                        + ")"))
        .hasMessageContaining("could not create unique index");
    assertThat(scene.indexes("not i.indisvalid and c.relname = '" + index + "'")).isOne();
  }

  private static CompletableFuture<Execution> apply(Plan plan) {
    return CompletableFuture.supplyAsync(() -> plan.apply("why"));
  }

  static List<Status> statuses(Execution execution) {
    return execution.results().stream()
        .map(each -> each.outcome() == null ? null : each.outcome().status())
        .toList();
  }

  /** It keeps the virtual number of the session that prepared it (facts/postgres.md §10). */
  @Test
  void eitherChange_preparedTransactionWroteToTheTable_isShownFirst() {
    scene.table("sales", 100);
    scene.sql(
        "create index old on shop.sales (status)", "alter index shop.old owner to hotdash_app");
    var writer =
        scene.open(
            "begin",
            "update shop.sales set status = 'x' where id = 1",
            "prepare transaction 'forgotten'");
    scene.hold(() -> scene.sql("rollback prepared 'forgotten'"));
    writer.close();
    var database = scene.runbook().database();
    Servers.await(
        "an old prepared transaction",
        () -> objections(database.createIndex("sales", "shop_id").plan()).size() > 0);

    var create = database.createIndex("sales", "shop_id").plan();
    var drop = database.dropIndex("shop.old").plan();

    for (var plan : List.of(create, drop)) {
      assertThat(objections(plan)).contains("old-transactions");
      assertThat(text(plan)).contains("prepared transaction forgotten");
    }
  }

  @Test
  void plan_ofAStatement_isNotMadeAsSuperuser() {
    var url = scene.hotdash().server().superuserUrl().replaceAll("/postgres$", "/hotdash");
    try (var pg = Servers.at(url)) {
      var plan = pg.schema().plan("select 1", Time.SYSTEM.deadline(Duration.ofSeconds(10)));

      assertThat(plan.obstacle().orElseThrow().detail()).isEqualTo("not planned as superuser");
    }
  }
}
