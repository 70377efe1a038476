package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.exits;
import static com.hotdash.ops.procedure.FleetWorld.failing;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.state;

import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopTrouble;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where nothing is the matter, whatever it looks like, or where nobody can tell. */
final class QuietScenes {
  private QuietScenes() {}

  private static WholeScene quiet(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(null, name, happens);
  }

  static Stream<WholeScene> all() {
    return Stream.of(machines(), others(), nights(), parts()).flatMap(each -> each);
  }

  private static Stream<WholeScene> nights() {
    return Stream.of(
        quiet(
            "night: nobody logs anything, and the log was read whole",
            world -> {
              world.lines.clear();
              world.newestBefore = ago(190);
            }),
        quiet(
            "night: nobody logs anything, and hardly anybody asks",
            world -> {
              world.lines.clear();
              world.newestBefore = ago(190);
              world.perMinute = 0.2;
              world.edge = SlowWorld.times(3, 0);
              world.behind = SlowWorld.times(3, 0);
              world.metrics.quick = 2;
              world.metrics.shopCalls = 0;
            }),
        quiet("night: no log holds any line, of a whole day", world -> world.lines.clear()),
        quiet(
            "night: the log could not be reached",
            world -> world.unread(PlatformLook.LOGS, Why.UNREACHABLE)));
  }

  /** What was read in part proves only what that part can hold. */
  private static Stream<WholeScene> parts() {
    return Stream.of(
        quiet("part: the newest six minutes of the log alone", world -> world.logSince(6)),
        quiet("part: the newest two minutes of the log alone", world -> world.logSince(2)),
        quiet("part: an early part of the log alone", world -> world.logSince(9).allSince = null),
        quiet(
            "part: the newest six minutes of the log, with a timeout that goes on",
            world -> world.logSince(6).log(1, 20, "error", "connect ETIMEDOUT 10.0.0.7:443")),
        quiet(
            "part: of the metrics of one machine the beginning alone",
            world -> world.metrics.brokeOff = "m2"));
  }

  private static Stream<WholeScene> machines() {
    return Stream.of(
        quiet("all is well", world -> {}),
        quiet(
            "a machine sleeps and its last check failed",
            world -> {
              world.machines.add(state(failing(machine("m3")), MachineState.STOPPED));
            }),
        quiet(
            "cold starts make a few answers slow",
            world -> {
              world.machines(machine("m1"), FleetWorld.woken(machine("m2"), 1));
              world.edge = SlowWorld.times(1_000, 30);
            }),
        quiet(
            "memory grows after a start while caches fill",
            world -> {
              world.machines(started(machine("m1"), 35), machine("m2"));
              world.resources.set(0, MemoryWorld.memory("m1", MemoryWorld.line(30, 900, 900)));
            }),
        quiet(
            "somebody stopped a process",
            world ->
                world.machines(
                    machine("m1"),
                    exits(machine("m2"), new MachineExit(ago(2), 137, false, true, 0)))),
        quiet(
            "a check failed once and came back",
            world -> {
              world.check("m1", 200, "has failed").check("m1", 180, "is now passing");
            }),
        quiet(
            "checks of a machine that sleeps fail in the log, again and again",
            world -> {
              world.machines.add(state(failing(machine("m3")), MachineState.STOPPED));
              for (int i = 0; i < 30; i++) {
                world.check("m3", 60 + i, "has failed");
              }
            }),
        quiet(
            "a watch failed and then succeeded",
            world -> world.watches.add(HealthWorld.run("production-monitoring.yml", false, 19))),
        quiet(
            "a sleeper was woken and boots",
            world -> {
              world.machines(machine("m1"), failing(FleetWorld.woken(machine("m2"), 0)));
              world.health = HealthWorld.health(HealthWorld.well("m1"), HealthWorld.silent("m2"));
            }),
        quiet(
            "a deploy is in flight, and its first machine boots",
            world -> {
              world.run.ended(RunProblem.RUNNING, "in_progress", null);
              world.run.minutesAgo = 3;
              world.inFlight.add(world.run.run(Taint.NONE));
              var new119 = FleetWorld.image(machine("m1"), 119);
              world.released(119, 1);
              world.machines(failing(started(new119, 0)), machine("m2"));
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.well("m2"));
            }),
        quiet("a release went out well a quarter of an hour ago", world -> world.released(119, 15)),
        quiet(
            "a deploy is in flight",
            world -> {
              world.run.ended(RunProblem.RUNNING, "in_progress", null);
              world.run.minutesAgo = 3;
              world.inFlight.add(world.run.run(Taint.NONE));
            }));
  }

  private static Stream<WholeScene> others() {
    return Stream.of(
        quiet(
            "a flood of 404",
            world -> {
              for (int i = 0; i < 200; i++) {
                world.lines.add(
                    new LogLine(
                        FleetWorld.NOW.minusSeconds(i),
                        "m1",
                        "ord",
                        "app",
                        "warn",
                        "{\"level\":\"warn\",\"message\":\"GET /wp-login.php\",\"status\":404}",
                        404));
              }
            }),
        quiet("users leave", world -> world.log(40, 9, "warn", "request aborted")),
        quiet("thin traffic", world -> world.perMinute = 0.2),
        quiet(
            "few answers, one of them slow",
            world -> {
              world.edge = SlowWorld.times(20, 1);
              world.behind = SlowWorld.times(20, 1);
              world.metrics.quick = 3;
            }),
        quiet(
            "a warm pool of idle connections",
            world -> {
              for (int pid = 10; pid < 80; pid++) {
                world.database.idle(pid, Duration.ofMinutes(20));
              }
            }),
        quiet(
            "a backup holds its transaction open",
            world ->
                world.database.add(
                    11,
                    Session.ACTIVE,
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    "pg_dump",
                    "it makes a backup")),
        quiet(
            "this process uses up its own budget of calls",
            world ->
                world.budget = new ShopBudget(2_000, 100, 10, 0, 90, false, Duration.ofSeconds(2))),
        quiet(
            "the application draws steadily on the budget of calls, and leaves most of it",
            world ->
                world.budget =
                    new ShopBudget(2_000, 100, 1_800, 95, 0, false, Duration.ofSeconds(2))),
        quiet(
            "something else throttles itself",
            world -> world.log(5, 20, "info", "outgoing e-mail throttled to 2 per second")),
        quiet(
            "a few warnings of throttled calls that were repeated, and one other error, are over",
            world ->
                world.log(5, 400, "warn", "GraphQL error: Throttled").log(
                    1, 400, "error", "cannot read tile")),
        quiet(
            "the database was away for a moment, seven minutes ago",
            world -> world.log(40, 400, "error", "P1001: Can't reach database server at db")),
        quiet(
            "an index is built for a quarter of an hour",
            world -> {
              world.database.add(
                  11,
                  Session.ACTIVE,
                  Duration.ofMinutes(16),
                  Duration.ofMinutes(16),
                  "create index concurrently",
                  null);
              world.database.changes.add(
                  new ServerMode.RunningChange(11, "CREATE INDEX CONCURRENTLY", false));
            }),
        quiet(
            "the shop failed one answer, and not the next",
            world ->
                world.answer =
                    WholeWorld.answer(ShopTrouble.NONE, 120)
                        .after(WholeWorld.once(ShopTrouble.FAILED, 900))),
        quiet(
            "the shop failed one answer, and was not asked again",
            world -> world.answer = WholeWorld.once(ShopTrouble.TIMED_OUT, 10_000)),
        quiet(
            "a vendor's page tells of an outage and nothing is the matter",
            world -> world.pages.put("Shopify", WholePages.outage("Shopify", 20))),
        quiet(
            "secrets are staged",
            world -> world.secret(SecretWorld.secret("SESSION_SECRET", 30, "m1", "m2"))),
        quiet(
            "a secret was rotated well",
            world -> {
              world.secret(SecretWorld.secret("SHOPIFY_API_SECRET", 30));
              world.machines(started(machine("m1"), 20), started(machine("m2"), 20));
            }),
        quiet("sessions end, as every day", world -> world.log(40, 10, "info", "jwt expired")),
        quiet(
            "a line holds the word author",
            world -> world.log(9, 10, "info", "author updated, authorized as admin")));
  }
}
