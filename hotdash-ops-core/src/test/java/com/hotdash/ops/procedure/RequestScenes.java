package com.hotdash.ops.procedure;

import static com.hotdash.ops.diagnosis.Incident.DATABASE_CONNECTION_ISSUES;
import static com.hotdash.ops.diagnosis.Incident.DEPLOYMENT_FAILURES;
import static com.hotdash.ops.diagnosis.Incident.HIGH_ERROR_RATE;
import static com.hotdash.ops.diagnosis.Incident.SLOW_RESPONSE_TIMES;
import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.state;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** R1 and R2: requests are answered late or not well, by what the application does itself. */
final class RequestScenes {
  private RequestScenes() {}

  private static WholeScene slow(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(SLOW_RESPONSE_TIMES, name, happens);
  }

  private static WholeScene errors(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(HIGH_ERROR_RATE, name, happens);
  }

  static Stream<WholeScene> all() {
    return Stream.concat(slow(), errors());
  }

  private static Stream<WholeScene> slow() {
    return Stream.of(
        slow("slow: nothing tells why", WholeWorld::slow),
        slow("slow: caches miss", world -> world.slow().metrics.cacheMisses = 900),
        slow(
            "slow: a statement lacks an index",
            world -> {
              world.slow().statements.add(statement());
              world.missing.add(
                  new SlowStatements.MissingIndex(
                      "public",
                      "orders",
                      List.of("shop_id", "created_at"),
                      42,
                      true,
                      "reads 120,000 rows to keep 40"));
            }),
        slow(
            "slow: an index is being built",
            world -> {
              world.slow().database.active(11, Duration.ofMinutes(4));
              world.database.changes.add(
                  new RunningChange(11, "CREATE INDEX CONCURRENTLY on orders", false));
            }),
        slow(
            "slow: a migration is open",
            world ->
                world
                    .slow()
                    .migrations
                    .add(new OpenMigrations.Migration("20261123_orders", ago(10), ""))),
        slow(
            "slow: cold starts",
            world -> {
              world.edge = SlowWorld.times(300, 40);
              world.machines(
                  machine("m1"),
                  FleetWorld.woken(machine("m2"), 1),
                  state(machine("m3"), MachineState.STOPPED));
            }),
        slow("slow: the edge alone", world -> world.edge = SlowWorld.times(1_000, 200)),
        slow(
            "slow: the edge alone, and the database has no room for a pool more",
            world -> {
              world.edge = SlowWorld.times(1_000, 200);
              world.database.pool = new ApplicationPool("web", 40, 5, 1, 0);
              world.database.unseen = 60;
              world.database.probes.replaceAll(GroundScenes::direct);
            }),
        slow(
            "slow: the edge alone, and the pooler stands before a database with little room",
            world -> {
              world.edge = SlowWorld.times(1_000, 200);
              world.database.pool = new ApplicationPool("web", 40, 5, 1, 0);
              world.database.unseen = 60;
            }),
        slow(
            "slow: the shop answers late",
            world -> {
              world.slow().metrics.shopSlow = 60;
            }),
        slow(
            "slow: few answers, most of them slow",
            world -> {
              world.edge = SlowWorld.times(12, 10);
              world.behind = SlowWorld.times(12, 10);
              world.metrics.quick = 1;
              world.metrics.slow = 9;
            }),
        slow(
            "slow: since a release with the image that was there",
            world -> {
              world.slow(3).log(30, 3, "error", "connect ETIMEDOUT 10.0.0.7:6379");
              world.releases.add(DeployAndSecretScenes.release(119, 118, 4, "Release"));
              world.machines.replaceAll(each -> started(each, 3));
            }),
        slow(
            "slow: since a release",
            world ->
                world
                    .slow(3)
                    .released(119, 4)
                    .log(30, 3, "error", "connect ETIMEDOUT 10.0.0.7:6379")),
        slow("slow: since a release, and no line tells", world -> world.released(119, 12).slow(10)),
        slow(
            "slow: long before a release, and no line tells",
            world -> world.released(119, 12).slow(40)),
        slow(
            "slow: since a release, at the edge alone",
            world -> {
              world.released(119, 12).slowFor = 10;
              world.edge = SlowWorld.times(1_000, 200);
            }),
        slow(
            "slow: since a release, and a timeout is older",
            world ->
                world
                    .slow(3)
                    .released(119, 4)
                    .log(30, 3, "error", "connect ETIMEDOUT 10.0.0.7:6379")
                    .log(1, 540, "error", "connect ETIMEDOUT 10.0.0.7:6379")),
        slow(
            "slow: since a release, nobody kept answer times, and a timeout is older",
            world ->
                world
                    .slow()
                    .unread(PlatformLook.ANSWER_HISTORY, Why.NOT_CONFIGURED)
                    .released(119, 4)
                    .log(30, 3, "error", "connect ETIMEDOUT 10.0.0.7:6379")
                    .log(1, 540, "error", "connect ETIMEDOUT 10.0.0.7:6379")),
        slow(
            "slow: since a release, and a vendor's page tells of trouble a little later",
            world -> {
              world.released(119, 12).slow(10);
              world.pages.put("Fly.io", WholePages.outage("Fly.io", 10));
            }),
        slow(
            "slow: since a release whose migration has not ended",
            world -> {
              world.released(119, 12).slow(10);
              world.migrations.add(new OpenMigrations.Migration("20261123_orders", ago(11), ""));
            }),
        slow(
            "slow: since a secret, which everything takes",
            world -> {
              world.secret(SecretWorld.secret("DATABASE_URL", 12));
              world.machines(started(machine("m1"), 11), started(machine("m2"), 11));
              world.slow(10);
            }),
        slow(
            "slow: since the platform has trouble",
            world -> {
              world.slow(10).troubles.add(new PlatformTrouble("Network in ord", ago(11), false));
            }));
  }

  private static SlowStatements.Statement statement() {
    return new SlowStatements.Statement(
        42,
        "hotdash",
        "hotdash",
        "select * from orders where shop_id = $1",
        30,
        Duration.ofSeconds(6),
        0.8,
        false);
  }

  private static Stream<WholeScene> errors() {
    return Stream.of(
        errors("errors: since a release", world -> world.released(119, 12).errors(0.4, 10)),
        errors("errors: long after any release", world -> world.errors(0.4, 10)),
        errors(
            "errors: since a release, and all machines fail",
            world -> {
              world.released(119, 12).errors(0.9, 10);
              world.machines.replaceAll(FleetWorld::failing);
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.silent("m2"));
            }),
        errors(
            "errors: since a secret, which everything takes",
            world -> {
              world.secret(SecretWorld.secret("SUPABASE_URL", 12));
              world.secret(SecretWorld.secret("SUPABASE_ANON_KEY", 12));
              world.secret(SecretWorld.secret("SUPABASE_SERVICE_KEY", 12));
              world.machines(started(machine("m1"), 11), started(machine("m2"), 11));
              world.errors(0.4, 10);
            }),
        errors(
            "errors: since the platform has trouble",
            world -> {
              world.released(119, 40).errors(0.4, 10);
              world.troubles.add(new PlatformTrouble("Network in ord", ago(11), false));
            }),
        errors(
            "errors: since a release, and a vendor's page tells of trouble a little later",
            world -> {
              world.released(119, 12).errors(0.4, 10);
              world.pages.put("Fly.io", WholePages.outage("Fly.io", 10));
            }),
        WholeScene.of(
            DATABASE_CONNECTION_ISSUES,
            "errors: since a release that leaks connections, beside a database that is well",
            world ->
                world
                    .released(119, 6)
                    .errors(0.4, 5)
                    .log(
                        60,
                        10,
                        "error",
                        "Timed out fetching a new connection from the" + " connection pool")),
        errors(
            "errors: since a release, in the log alone",
            world -> world.released(119, 8).log(30, 5, "error", "Cannot read tile")),
        errors(
            "errors: the proxy finds no machine with a free place",
            world -> world.errors(0.4, 10).proxy(30, "[PR04] could not find a good candidate")),
        errors(
            "errors: answers break off before the proxy",
            world -> world.errors(0.4, 10).proxy(30, "[PU02] connection closed by the app")),
        errors(
            "errors: since a release, and the application lets the proxy in no more",
            world -> world.released(119, 12).errors(0.4, 10).proxy(30, "[PC01] refused")),
        errors(
            "errors: in the last minutes only",
            world -> {
              world.errors(0.6, 3);
              world.log(90, 1, "error", "TypeError: undefined is not a function at " + NOW);
            }),
        errors(
            "errors: a deploy is queued while a release fails",
            world -> {
              world.released(119, 12).errors(0.4, 10);
              world.inFlight.add(WholeRun.run(77, "queued", null, 2, Taint.NONE));
            }),
        WholeScene.of(
            DEPLOYMENT_FAILURES,
            "errors: since a release, and somebody rolls back already",
            world -> {
              world.released(119, 12).errors(0.9, 10);
              world.machines.replaceAll(FleetWorld::failing);
              world.inFlight.add(WholeRun.rollBack(88, 2));
            }),
        errors(
            "errors: since a release whose migration has not ended",
            world -> {
              world.released(119, 12).errors(0.4, 10);
              world.migrations.add(new OpenMigrations.Migration("20261123_orders", ago(11), ""));
            }),
        errors(
            "errors: after a release that failed and came to no machine",
            world -> {
              world.errors(0.4, 10);
              world.releases.add(DeployAndSecretScenes.failed(119, 12));
            }));
  }
}
