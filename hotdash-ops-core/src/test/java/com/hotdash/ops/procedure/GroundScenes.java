package com.hotdash.ops.procedure;

import static com.hotdash.ops.diagnosis.Incident.DATABASE_CONNECTION_ISSUES;
import static com.hotdash.ops.diagnosis.Incident.SHOPIFY_API_ERRORS;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopSubscriptions;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.shop.ShopVersion;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** R4 and R5: what the application stands on gives way. */
final class GroundScenes {
  private static final String POOL =
      "Timed out fetching a new connection from the connection pool P2024";

  private GroundScenes() {}

  static EndpointProbe direct(EndpointProbe each) {
    return new EndpointProbe(
        each.name(), each.endpoint(), each.application(), false, each.server(), each.stages());
  }

  private static WholeScene database(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(DATABASE_CONNECTION_ISSUES, name, happens);
  }

  private static WholeScene shop(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(SHOPIFY_API_ERRORS, name, happens);
  }

  static Stream<WholeScene> all() {
    return Stream.concat(databases(), shops());
  }

  /** The checks of all machines fail by what they say of one thing that they stand on. */
  static void told(WholeWorld world, String dependency) {
    world.machines.replaceAll(FleetWorld::failing);
    world.health =
        HealthWorld.health(
            HealthWorld.degraded("m1", dependency), HealthWorld.degraded("m2", dependency));
  }

  private static Stream<WholeScene> databases() {
    return Stream.of(
        database(
            "database: no slot is left, and requests fail",
            world -> {
              world.database.nobodyGetsIn(Stage.LOGIN, FailureKind.ALL_SLOTS_TAKEN, false);
              world.log(60, 5, "error", "sorry, too many clients already").errors(0.6, 10);
              told(world, "database");
            }),
        database(
            "database: it is down, and all is slow and fails",
            world -> {
              world.database.nobodyGetsIn(Stage.TCP, FailureKind.REFUSED, true);
              world.slow().log(60, 5, "error", "Can't reach database server P1001");
              world.errors(0.9, 10);
              told(world, "database");
            }),
        database(
            "database: slots are nearly taken, and nobody notices yet",
            world -> world.database.unseen = 85),
        database(
            "database: the application's pool is used up",
            world -> {
              world.database.pool = new ApplicationPool("web", 10, 10, 10, 7);
              world.slow(10).log(30, 5, "error", POOL).errors(0.2, 10);
            }),
        database(
            "database: sessions wait behind a transaction left open",
            world -> {
              world.slow().database.idleInTransaction(11, Duration.ofMinutes(6));
              world
                  .database
                  .active(12, Duration.ofSeconds(40))
                  .behind(LockForest.Kind.IDLE_IN_TRANSACTION, 11, 12);
            }),
        database(
            "database: a transaction is left open, and nobody waits",
            world -> world.database.idleInTransaction(11, Duration.ofMinutes(9))),
        database(
            "database: the password is refused, and no secret was changed",
            world -> {
              world.database.nobodyGetsIn(Stage.LOGIN, FailureKind.PASSWORD_REFUSED, true);
              world.log(30, 20, "error", "password authentication failed for user app");
              world.errors(0.8, 10);
              told(world, "database");
            }),
        database(
            "database: the pooler has lost its server",
            world -> {
              world.database.nobodyGetsIn(Stage.LOGIN, FailureKind.POOLER_SERVER_DOWN, true);
              world.log(30, 20, "error", "Can't reach database server P1001").errors(0.5, 10);
            }),
        database(
            "database: the application alone has used up its pool, as only its log tells",
            world -> world.log(30, 5, "error", POOL)),
        database(
            "database: the application alone does not reach it",
            world ->
                world.log(30, 5, "error", "Can't reach database server P1001").errors(0.5, 10)),
        database("database: it takes no writes", world -> world.database.readOnly = true),
        database(
            "database: the two addresses lead to different ones",
            world ->
                world.database.probes.add(
                    SickDatabase.reaching(
                        "DIRECT_URL", false, "staging since 2026-02-01T00:00:00Z"))));
  }

  private static Stream<WholeScene> shops() {
    return Stream.of(
        shop(
            "shop: it refuses the token, and requests fail",
            world -> {
              world.answer = WholeWorld.answer(ShopTrouble.UNAUTHORIZED, 80);
              world.log(30, 20, "error", "Invalid API key or access token").errors(0.2, 10);
              world.metrics.shopErrors = 150;
            }),
        shop(
            "shop: it throttles inside a 200",
            world -> {
              world.answer = WholeWorld.answer(ShopTrouble.THROTTLED, 90);
              world.budget = new ShopBudget(2_000, 100, 20, 98, 0, false, Duration.ofSeconds(2));
              world.log(12, 20, "warn", "GraphQL error: Throttled");
            }),
        shop(
            "shop: it is down, and its page says so",
            world -> {
              world.answer = WholeWorld.answer(ShopTrouble.FAILED, 900);
              world.pages.put("Shopify", WholePages.outage("Shopify", 12));
              world.slow().log(40, 10, "error", "Shopify request timed out").errors(0.3, 10);
              world.metrics.shopErrors = 120;
              world.metrics.shopSlow = 60;
            }),
        shop(
            "shop: others use up the budget of calls",
            world ->
                world.budget =
                    new ShopBudget(2_000, 100, 700, 118, 0, false, Duration.ofSeconds(2))),
        shop(
            "shop: a scope is not granted",
            world ->
                world.scopes =
                    new ShopScopes(Set.of("read_orders"), Set.of("read_orders", "write_orders"))),
        shop(
            "shop: a subscription is gone",
            world ->
                world.subscriptions =
                    new ShopSubscriptions(List.of(), List.of(WholeWorld.ORDERS), true)),
        shop(
            "shop: it serves another version than was asked for",
            world -> world.version = new ShopVersion("2025-10", "2026-01", "2026-10", null)),
        shop(
            "shop: it is frozen",
            world -> world.answer = WholeWorld.answer(ShopTrouble.FROZEN, 80)),
        shop(
            "shop: one call in three fails by the application's count",
            world -> world.metrics.shopErrors = 70));
  }
}
