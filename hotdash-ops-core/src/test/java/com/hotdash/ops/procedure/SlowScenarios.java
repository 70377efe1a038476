package com.hotdash.ops.procedure;

import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What makes the answers of HotDash slow, and what looks like it. */
enum SlowScenarios {
  HEALTHY(Verdict.OK, "", "", "", world -> {}),
  TOO_FEW_ANSWERS(
      Verdict.UNKNOWN,
      "slow.look-again",
      "",
      "",
      world -> {
        world.edge = SlowWorld.times(20, 1);
        world.quick = 3;
      }),
  FEW_ANSWERS_ALL_SLOW(
      Verdict.PROBLEM,
      "slow.caching",
      "APP",
      "platform.roll-back",
      world -> {
        world.edge = SlowWorld.times(12, 10);
        world.behind = SlowWorld.times(12, 10);
        world.quick = 1;
        world.slow = 9;
      }),
  MACHINES_ASLEEP_ANSWERS_QUICK(
      Verdict.OK,
      "",
      "",
      "",
      world -> world.machine("m3", MachineState.STOPPED, Duration.ofHours(9))),
  ONE_IN_TWENTY_EXACTLY(Verdict.OK, "", "", "", world -> world.edge = SlowWorld.times(2_000, 100)),
  SLOW_BEFORE_QUICK_MACHINES(
      Verdict.PROBLEM,
      "platform.scale-count",
      "EDGE",
      "platform.scale-guest",
      world -> world.edge = SlowWorld.times(1_000, 200)),
  COLD_STARTS(
      Verdict.PROBLEM,
      "platform.keep-running",
      "COLD_START",
      "platform.scale-guest",
      world -> {
        world.edge = SlowWorld.times(300, 40);
        world.woken("m3", Duration.ofMinutes(1));
        world.machine("m4", MachineState.STOPPED, Duration.ofHours(9));
      }),
  BEGAN_BY_A_RELEASE(
      Verdict.PROBLEM,
      "platform.scale-count",
      "EDGE",
      "platform.scale-guest",
      world -> {
        world.edge = SlowWorld.times(300, 40);
        world.released(64, Duration.ofMinutes(3));
        world.machine("m3", MachineState.STARTED, Duration.ofMinutes(2));
      }),
  BEGAN_AGAIN_AFTER_A_CRASH(
      Verdict.PROBLEM,
      "platform.scale-count",
      "EDGE",
      "platform.scale-guest",
      world -> {
        world.edge = SlowWorld.times(300, 40);
        world.machine(
            "m3",
            MachineState.STARTED,
            Duration.ofMinutes(1),
            new MachineExit(SlowWorld.NOW.minusSeconds(70), 137, true, false, 1));
      }),
  HELD_BACK_BY_THE_PLATFORM(
      Verdict.PROBLEM,
      "platform.scale-guest",
      "APP",
      "platform.scale-vm-alone",
      world -> world.slow().resources.set(0, SlowWorld.resource("m1", 0.4))),
  EVENT_LOOP_BUSY(
      Verdict.PROBLEM,
      "platform.scale-count",
      "APP",
      "platform.scale-guest",
      world -> world.slow().eventLoopLag = 1.8),
  CACHE_MISSES(
      Verdict.PROBLEM,
      "slow.caching",
      "APP",
      "platform.scale-guest",
      world -> world.slow().cacheMisses = 900),
  A_CACHE_HITS_LESS_THAN_IT_USES_TO(
      Verdict.PROBLEM,
      "slow.caching",
      "APP",
      "platform.scale-guest",
      world -> {
        world.slow().cacheHitsBefore = 9_000;
        world.cacheHits = 60;
        world.cacheMisses = 40;
      }),
  BEHIND_A_LOCK(
      Verdict.PROBLEM,
      "database.end-sessions",
      "DATABASE",
      "database.pool-size-up",
      world -> {
        world.session(11, Session.IDLE_IN_TRANSACTION, Duration.ofMinutes(6), null);
        world.session(12, Session.ACTIVE, Duration.ofSeconds(20), "Lock: transactionid");
        world.lockedBy(Kind.IDLE_IN_TRANSACTION, 11, 12);
      }),
  WAITS_OF_A_MOMENT(
      Verdict.OK,
      "",
      "",
      "",
      world -> {
        world.session(11, Session.ACTIVE, Duration.ofMillis(40), null);
        world.session(12, Session.ACTIVE, Duration.ofMillis(20), "Lock: tuple");
        world.lockedBy(Kind.ACTIVE, 11, 12);
      }),
  STATEMENT_LACKS_AN_INDEX(
      Verdict.PROBLEM,
      "database.create-index",
      "DATABASE",
      "database.create-index-plain",
      world -> world.slow().statement(42, 30, Duration.ofSeconds(6)).missingIndex(42, true)),
  STATEMENT_ITS_TEXT_HINTS(
      Verdict.PROBLEM,
      "database.read-statement",
      "DATABASE",
      "platform.scale-guest",
      world -> world.slow().statement(42, 2, Duration.ofSeconds(4)).missingIndex(42, false)),
  DEAR_STATEMENT_ANSWERS_QUICK(
      Verdict.OK, "", "", "", world -> world.statement(42, 2, Duration.ofSeconds(4))),
  STATEMENT_RUNS_FOR_LONG(
      Verdict.PROBLEM,
      "database.running-statements",
      "DATABASE",
      "platform.restart",
      world -> world.slow().session(11, Session.ACTIVE, Duration.ofSeconds(50), null)),
  INDEX_BUILD_RUNS(
      Verdict.PROBLEM,
      "database.wait-for-change",
      "DATABASE",
      "database.end-maintenance",
      world -> {
        world.slow().session(11, Session.ACTIVE, Duration.ofMinutes(4), null);
        world.changes.add(new RunningChange(11, "CREATE INDEX CONCURRENTLY on orders", false));
      }),
  MIGRATION_OPEN(
      Verdict.PROBLEM,
      "database.wait-for-change",
      "DATABASE",
      "platform.roll-back",
      world ->
          world
              .slow()
              .migrations
              .add(
                  new OpenMigrations.Migration(
                      "20261123_orders", SlowWorld.NOW.minusSeconds(600), ""))),
  SERVER_FULL(
      Verdict.PROBLEM,
      "slow.database-first",
      "DATABASE",
      "database.pool-size-up",
      world -> {
        world.backends = 96;
        world.log(
            9,
            Duration.ofSeconds(5),
            "{\"level\":\"error\",\"message\":\"Timed out fetching a new connection from the"
                + " connection pool\",\"error\":{\"code\":\"P2024\",\"message\":\"x\"}}");
      }),
  SHOP_SLOW(
      Verdict.PROBLEM,
      "slow.shop-first",
      "SHOP",
      "platform.scale-guest",
      world -> world.slow().shopSlow = 60),
  SHOP_TIMES_OUT(
      Verdict.PROBLEM,
      "slow.shop-first",
      "SHOP",
      "platform.restart",
      world ->
          world.log(
              8,
              Duration.ofSeconds(20),
              "{\"level\":\"error\",\"message\":\"Shopify request timed out\"}")),
  USERS_LEAVE(
      Verdict.OK,
      "",
      "",
      "",
      world ->
          world.log(
              40, Duration.ofSeconds(9), "{\"level\":\"warn\",\"message\":\"request aborted\"}")),
  TIMEOUTS_ARE_OVER(
      Verdict.OK,
      "",
      "",
      "",
      world ->
          world.log(
              8,
              Duration.ofMinutes(6),
              "{\"level\":\"error\",\"message\":\"Shopify request timed out\"}")),
  TIMEOUTS_SINCE_A_RELEASE(
      Verdict.PROBLEM,
      "platform.roll-back",
      "APP",
      "platform.scale-guest",
      world -> {
        world.slow().released(64, Duration.ofMinutes(4));
        world.slowFor = 3;
        world.log(
            30,
            Duration.ofSeconds(3),
            "{\"level\":\"error\",\"message\":\"connect ETIMEDOUT 10.0.0.7:6379\"}");
      }),
  ONE_MACHINE_FAILS_ANSWERS_QUICK(Verdict.OK, "", "", "", world -> failing(world)),
  ONE_MACHINE_FAILS_ANSWERS_SLOW(
      Verdict.PROBLEM, "slow.caching", "APP", "platform.roll-back", world -> failing(world.slow())),
  NO_MACHINE_RUNS(
      Verdict.PROBLEM,
      "slow.no-machine",
      "",
      "",
      world -> {
        world.machines.clear();
        world.edge = SlowWorld.times(0, 0);
        world.behind = SlowWorld.times(0, 0);
      });

  final Verdict verdict;
  final String first;
  final String place;
  final String warning;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
  private final Consumer<SlowWorld> fault;

  SlowScenarios(
      Verdict verdict, String first, String place, String warning, Consumer<SlowWorld> fault) {
    this.verdict = verdict;
    this.first = first;
    this.place = place;
    this.warning = warning;
    this.fault = fault;
  }

  SlowWorld world() {
    var world = new SlowWorld();
    fault.accept(world);
    return world;
  }

  private static void failing(SlowWorld world) {
    var good = world.machines.get(0);
    world.machines.set(
        0,
        new Machine(
            good.id(),
            good.version(),
            good.region(),
            good.group(),
            good.state(),
            good.stateText(),
            good.image(),
            good.release(),
            good.guest(),
            false,
            true,
            1,
            List.of(new MachineCheck("http", MachineCheck.Status.CRITICAL, "", null)),
            List.of(),
            good.startedAt()));
  }

  static Stream<SlowScenarios> problems() {
    return Stream.of(values()).filter(each -> each.verdict == Verdict.PROBLEM);
  }
}
