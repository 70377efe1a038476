package com.hotdash.ops.examples.contract;

import com.hotdash.ops.examples.contract.Row.Point;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The changes that the runbook offers, each in the world in which it is wanted. */
final class Rows {
  private static final String NO_VALUE = "nobody was told where the old value is";
  private static final String SAME_RUN = "a run keeps its commit and its file for ever";
  private static final String MADE_AGAIN = "what was made again was made again";

  private Rows() {}

  static Stream<Row<?>> web() {
    return Stream.of(images(), sizes(), rotation(), others(), pipeline(), shop())
        .flatMap(List::stream);
  }

  /** Those that store secrets first, and then have the machines take them. */
  static Stream<Row<?>> storing() {
    return rotation().stream().filter(row -> !row.line().contains("deploySecrets"));
  }

  private static Row<FlyWorld> fly(String line, Supplier<FlyWorld> world) {
    return Row.of(line, world).itemMoves(FlyWorld::update).targetMoves(FlyWorld::release);
  }

  private static Row<FlyWorld> machine(String line, Supplier<FlyWorld> world) {
    return fly(line, world).with("machine", each -> each.first().id());
  }

  private static List<Row<?>> images() {
    return List.of(
        fly("highErrorRate().rollBack()", FlyWorld::new).undone(FlyWorld::update),
        fly("highErrorRate().rollBackAllAtOnce()", FlyWorld::new).undone(FlyWorld::update),
        machine("platform().rollBackMachine(machine)", FlyWorld::new).undone(FlyWorld::update),
        machine("platform().rollBackMachine(machine, version)", FlyWorld::new)
            .with("version", FlyWorld::earlier)
            .undone(FlyWorld::update));
  }

  private static List<Row<?>> sizes() {
    return List.of(
        fly("platform().scaleMemory(mb)", FlyWorld::new)
            .with("mb", world -> "4096")
            .undone(FlyWorld::update),
        fly("platform().scaleVm(size)", FlyWorld::new)
            .with("size", world -> "shared-cpu-4x")
            .undone(FlyWorld::update),
        fly("platform().scale(size, mb)", FlyWorld::new)
            .with("size", world -> "shared-cpu-4x")
            .with("mb", world -> "4096")
            .undone(FlyWorld::update),
        fly("platform().scaleCount(count)", FlyWorld::new)
            .with("count", world -> "3")
            .undone(FlyWorld::destroyNewest));
  }

  private static List<Row<?>> rotation() {
    var call = "shopifyApiErrors().rotateSecret(newPlace, previousName, previousPlace)";
    return List.of(
        fly("platform().setSecret(name, place)", FlyWorld::new)
            .with("name", world -> "SESSION_SECRET")
            .with("place", world -> "NEW")
            .itemMoves(world -> world.setSecret("SESSION_SECRET"))
            .without(Point.UNDONE, NO_VALUE),
        fly("platform().deploySecrets()", () -> new FlyWorld().staged())
            .without(Point.UNDONE, "a machine does not go back to secrets that are stored over"),
        fly("platform().changeSecrets(SecretChange.unset(name))", FlyWorld::new)
            .with("name", world -> "SESSION_SECRET")
            .itemMoves(world -> world.setSecret("SESSION_SECRET"))
            .without(Point.UNDONE, NO_VALUE),
        rotate(call + ".store()", FlyWorld::new)
            .undone(world -> world.setSecret("SHOPIFY_API_SECRET")),
        rotate(call + ".drop()", () -> new FlyWorld().previous())
            .itemMoves(world -> world.setSecret("SHOPIFY_API_SECRET_PREVIOUS"))
            .without(Point.UNDONE, NO_VALUE));
  }

  private static Row<FlyWorld> rotate(String line, Supplier<FlyWorld> world) {
    return fly(line, world)
        .with("newPlace", each -> "NEW")
        .with("previousName", each -> "SHOPIFY_API_SECRET_PREVIOUS")
        .with("previousPlace", each -> "OLD")
        .itemMoves(each -> each.setSecret("SHOPIFY_API_SECRET"));
  }

  private static List<Row<?>> others() {
    return List.of(
        machine("platform().restart(machine)", FlyWorld::new).without(Point.UNDONE, MADE_AGAIN),
        fly("platform().restartAll()", FlyWorld::new).without(Point.UNDONE, MADE_AGAIN),
        machine("platform().cordon(machine)", FlyWorld::new)
            .itemMoves(world -> world.cordon(true))
            .undone(world -> world.cordon(false)),
        machine("platform().uncordon(machine)", () -> new FlyWorld().cordoned())
            .itemMoves(world -> world.cordon(false))
            .undone(world -> world.cordon(true)),
        machine("platform().breakLease(machine)", () -> new FlyWorld().countingLeases().leased())
            .itemMoves(FlyWorld::otherLease)
            .without(Point.UNDONE, "a lease belongs to who took it"));
  }

  private static List<Row<?>> pipeline() {
    return List.of(
        Row.of("pipeline().rerunFailedJobs(run)", GitHubWorld::failed)
            .with("run", GitHubWorld::run)
            .itemMoves(GitHubWorld::rerun)
            .without(Point.TARGET_MOVES, SAME_RUN)
            .without(Point.UNDONE, MADE_AGAIN),
        Row.of("pipeline().cancelRun(run)", GitHubWorld::running)
            .with("run", GitHubWorld::run)
            .itemMoves(world -> world.pass(Duration.ofHours(3)))
            .without(Point.TARGET_MOVES, SAME_RUN)
            .without(Point.UNDONE, "a cancelled run does not go on"),
        Row.of("pipeline().disableWorkflow(file)", GitHubWorld::failed)
            .with("file", world -> GitHubWorld.DEPLOY)
            .itemMoves(world -> world.switchWorkflow("disable"))
            .targetMoves(GitHubWorld::writeAnew)
            .undone(world -> world.switchWorkflow("enable")),
        Row.of("pipeline().enableWorkflow(file)", GitHubWorld::disabled)
            .with("file", world -> GitHubWorld.DEPLOY)
            .itemMoves(world -> world.switchWorkflow("enable"))
            .targetMoves(GitHubWorld::writeAnew)
            .undone(world -> world.switchWorkflow("disable")),
        Row.of(
                "pipeline().startWorkflow(WorkflowStart.of(file, ref).with(\"reason\", reason))",
                GitHubWorld::failed)
            .with("file", world -> GitHubWorld.DEPLOY)
            .with("ref", world -> "main")
            .with("reason", world -> "orders fail")
            .itemMoves(world -> world.switchWorkflow("disable"))
            .targetMoves(GitHubWorld::writeAnew)
            .without(Point.UNDONE, "what a run has done stays done"));
  }

  private static List<Row<?>> shop() {
    return List.of(
        Row.of("shopifyApiErrors().restoreSubscriptions()", ShopWorld::new)
            .itemMoves(ShopWorld::subscribe)
            .without(Point.TARGET_MOVES, "nothing of the shop is assumed")
            .undone(ShopWorld::makeAnew));
  }

  static Stream<Row<?>> database() {
    return Stream.of(schema(), sessions())
        .flatMap(List::stream)
        .map(row -> row.without(Point.DATABASE_DOWN, "it is the database that it changes"));
  }

  private static List<Row<?>> schema() {
    var rename = "alter table shop.sales rename to old_sales";
    return List.of(
        Row.of("database().createIndex(table, columns)", SchemaWorld::new)
            .with("table", world -> "shop.sales")
            .with("columns", world -> "shop_id,status")
            .itemMoves(world -> world.sql("create table shop.sales_shop_id_status_idx ()"))
            .targetMoves(world -> world.sql(rename))
            .undone(
                world ->
                    world.sql(
                        "drop index shop.sales_shop_id_status_idx",
                        "create index sales_shop_id_status_idx on shop.sales (shop_id, status)")),
        Row.of("database().dropIndex(name)", () -> new SchemaWorld().indexed())
            .with("name", world -> "shop.what")
            .itemMoves(
                world ->
                    world.sql("drop index shop.what", "create index what on shop.sales (status)"))
            .targetMoves(world -> world.sql(rename))
            .undone(world -> world.sql("create index what on shop.sales (id)")),
        Row.of("database().limitIdleTransactions(role, limit)", () -> new SchemaWorld().byOps())
            .with("role", world -> "hotdash_app")
            .with("limit", world -> "PT90S")
            .itemMoves(world -> world.limit("7s"))
            .targetMoves(SchemaWorld::renameRole)
            .undone(world -> world.limit("7s")),
        Row.of("database().resizePool(size)", () -> new SchemaWorld().pooled())
            .with("size", world -> "3")
            .itemMoves(world -> world.resize(5))
            .without(Point.TARGET_MOVES, "nothing of the pool is assumed but its size")
            .without(Point.ANSWER_LOST, "a pool is in our own process: no answer can be lost")
            .undone(world -> world.resize(5)));
  }

  private static List<Row<?>> sessions() {
    return List.of(
        sessions("endSessions()", SessionWorld::leaked),
        sessions("cancelQueueHeads()", SessionWorld::queued),
        sessions("endBlockers()", SessionWorld::leaked),
        sessions("endIdle(application)", SessionWorld::idle)
            .with("application", world -> SessionWorld.WEB),
        sessions("endSession(new SessionId(pid, backendStart))", SessionWorld::leaked)
            .with("pid", SessionWorld::pid)
            .with("backendStart", SessionWorld::backendStart));
  }

  private static Row<SessionWorld> sessions(String change, Supplier<SessionWorld> world) {
    return Row.of("databaseConnectionIssues()." + change, world)
        .itemMoves(SessionWorld::end)
        .targetMoves(SessionWorld::restart)
        .without(Point.UNDONE, "a session that ended is gone");
  }
}
