package com.hotdash.ops.procedure;

import static com.hotdash.ops.evidence.Verdict.OK;
import static com.hotdash.ops.evidence.Verdict.PROBLEM;
import static com.hotdash.ops.evidence.Verdict.UNKNOWN;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.pipeline.BuildError.Kind;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Release;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What keeps a release of HotDash from getting out or up, and what looks like it. */
enum DeployScenarios {
  HEALTHY(OK, "", "", world -> {}),
  HEALTHY_WITH_A_SLEEPER(
      OK,
      "",
      "",
      world ->
          world.machine(
              "m3", 63, MachineState.STOPPED, MachineCheck.Status.PASSING, null, List.of())),
  SECRET_STAGED_ALL_WELL(OK, "", "", world -> world.staged("SESSION_SECRET")),
  DEPLOY_UNDER_WAY(
      UNKNOWN,
      "deploy.wait",
      "",
      world -> {
        world.run(RunProblem.RUNNING, "in_progress", null);
        world.inFlight.add(DeployWorld.run(DeployWorld.RUN, "in_progress", null, 1));
      }),
  DEPLOY_UNDER_WAY_HALF_ROLLED(
      UNKNOWN,
      "deploy.wait",
      "",
      world -> {
        DEPLOY_UNDER_WAY.fault.accept(world);
        world.release(64, Release.Status.RUNNING, Duration.ofMinutes(2));
        world.machine("m1", 64, MachineCheck.Status.PASSING);
      }),
  HELD_BY_CONCURRENCY(
      UNKNOWN,
      "deploy.wait",
      "pipeline.start-workflow",
      world -> world.run(RunProblem.HELD_BY_CONCURRENCY, "pending", null)),
  BUILD_FAILS_BY_A_TYPE(
      PROBLEM,
      "deploy.fix-build",
      "pipeline.rerun-failed-jobs",
      world ->
          world.failed(
              Phase.BUILD,
              DeployWorld.error(Kind.TYPE, "app/routes/orders.tsx", 41, "TS2345: no"))),
  BUILD_FAILS_BY_THE_REGISTRY(
      PROBLEM,
      "pipeline.rerun-failed-jobs",
      "platform.roll-back",
      world ->
          world.failed(
              Phase.BUILD, DeployWorld.error(Kind.REGISTRY, null, 0, "503 from the registry"))),
  BUILD_FAILS_BY_THE_REGISTRY_AGAIN(
      PROBLEM,
      "deploy.read-run",
      "pipeline.rerun-failed-jobs",
      world -> {
        BUILD_FAILS_BY_THE_REGISTRY.fault.accept(world);
        world.attempt = 2;
      }),
  BUILD_FAILS_FOR_MEMORY(
      PROBLEM,
      "deploy.read-run",
      "pipeline.rerun-failed-jobs",
      world ->
          world.failed(
              Phase.BUILD,
              DeployWorld.error(Kind.OUT_OF_MEMORY, null, 0, "JavaScript heap out of memory"))),
  BUILD_FAILED_AND_NOBODY_KNOWS_WHY(
      PROBLEM, "deploy.read-run", "platform.roll-back", world -> world.failed(Phase.BUILD)),
  FAILED_AND_ANOTHER_WENT_OUT_SINCE(
      OK,
      "",
      "",
      world -> {
        BUILD_FAILS_BY_A_TYPE.fault.accept(world);
        world.release(64, Release.Status.COMPLETE, Duration.ofMinutes(10));
        world.machine("m1", 64, MachineCheck.Status.PASSING);
        world.machine("m2", 64, MachineCheck.Status.PASSING);
      }),
  FAILED_AND_ONLY_A_SECRET_WAS_CHANGED_SINCE(
      PROBLEM,
      "deploy.fix-build",
      "pipeline.rerun-failed-jobs",
      world -> {
        BUILD_FAILS_BY_A_TYPE.fault.accept(world);
        world.release(64, 63, Release.Status.COMPLETE, Duration.ofMinutes(10));
      }),
  WAITS_FOR_APPROVAL(
      PROBLEM,
      "deploy.approve",
      "platform.roll-back",
      world -> {
        world.run(RunProblem.WAITING_FOR_APPROVAL, "waiting", null);
        world.approvals.add(new PendingDeployment(1, "production", false, List.of("sam")));
        world.inFlight.add(DeployWorld.run(DeployWorld.RUN, "waiting", null, 1));
      }),
  CANCELLED(
      PROBLEM,
      "pipeline.rerun-failed-jobs",
      "platform.roll-back",
      world -> world.run(RunProblem.CANCELLED, "completed", "cancelled")),
  WORKFLOW_FILE_BROKEN(
      PROBLEM,
      "deploy.fix-workflow",
      "platform.roll-back",
      world -> world.run(RunProblem.STARTUP_FAILURE, "completed", "startup_failure")),
  STUCK_IN_QUEUE(
      PROBLEM,
      "pipeline.cancel-run",
      "platform.roll-back",
      world -> world.run(RunProblem.STUCK_IN_QUEUE, "queued", null)),
  SKIPPED_AND_THE_ONE_BEFORE_WENT_WELL(
      OK,
      "",
      "",
      world -> {
        world.run(RunProblem.NOTHING_DONE, "completed", "skipped");
        world.deploys.add(DeployWorld.run(DeployWorld.RUN, "completed", "skipped", 1));
        world.deploys.add(DeployWorld.run(11, "completed", "success", 1));
      }),
  SKIPPED_AND_THE_ONE_BEFORE_FAILED(
      PROBLEM,
      "deploy.read-run",
      "platform.roll-back",
      world -> {
        world.run(RunProblem.NOTHING_DONE, "completed", "skipped");
        world.deploys.add(DeployWorld.run(11, "completed", "failure", 1));
      }),
  SKIPPED_AND_THE_ONE_BEFORE_IS_HISTORY(
      OK,
      "",
      "",
      world -> {
        SKIPPED_AND_THE_ONE_BEFORE_FAILED.fault.accept(world);
        world.release(64, Release.Status.COMPLETE, Duration.ofMinutes(10));
        world.machine("m1", 64, MachineCheck.Status.PASSING);
        world.machine("m2", 64, MachineCheck.Status.PASSING);
      }),
  ENDED_AGAIN_AND_AGAIN_AND_IS_WELL_SINCE(
      OK,
      "",
      "",
      world ->
          world.log("m1", 5, Duration.ofMinutes(8), "Main child exited normally with code: 1")),
  NEW_MACHINES_FAIL_THEIR_CHECKS(
      PROBLEM,
      "platform.roll-back",
      "platform.previous-image",
      world -> {
        world.failed(Phase.HEALTH);
        world.release(63, Release.Status.FAILED, Duration.ofMinutes(40));
        world.machine("m1", 63, MachineCheck.Status.CRITICAL);
        world.machine("m2", 62, MachineCheck.Status.PASSING);
      }),
  ALL_MACHINES_FAIL_THEIR_CHECKS(
      PROBLEM,
      "platform.roll-back",
      "platform.previous-image",
      world -> {
        world.machine("m1", 63, MachineCheck.Status.CRITICAL);
        world.machine("m2", 63, MachineCheck.Status.CRITICAL);
      }),
  ALL_FAIL_AND_A_DEPLOY_IS_QUEUED(
      PROBLEM,
      "pipeline.cancel-run",
      "platform.roll-back",
      world -> {
        ALL_MACHINES_FAIL_THEIR_CHECKS.fault.accept(world);
        world.inFlight.add(DeployWorld.run(77, "queued", null, 1));
      }),
  A_MACHINE_FAILS_LONG_AFTER_THE_RELEASE(
      OK,
      "",
      "",
      world -> {
        world.release(63, Release.Status.COMPLETE, Duration.ofDays(1));
        world.machine("m1", 63, MachineCheck.Status.CRITICAL);
      }),
  CHECKS_HAVE_NOT_REPORTED(
      UNKNOWN, "", "", world -> world.machine("m1", 63, MachineCheck.Status.UNKNOWN)),
  HALF_ROLLED(
      PROBLEM,
      "deploy.finish",
      "platform.previous-image",
      world -> world.machine("m2", 62, MachineCheck.Status.PASSING)),
  A_SLEEPER_HAS_THE_OLD_IMAGE(
      PROBLEM,
      "deploy.finish",
      "platform.previous-image",
      world ->
          world.machine(
              "m3", 62, MachineState.STOPPED, MachineCheck.Status.PASSING, null, List.of())),
  RELEASE_INTERRUPTED(
      PROBLEM,
      "deploy.finish",
      "platform.previous-image",
      world -> {
        world.release(63, Release.Status.INTERRUPTED, Duration.ofMinutes(40));
        world.machine("m2", 62, MachineCheck.Status.PASSING);
      }),
  RELEASE_FAILED_AND_A_SECRET_NAMES_ITS_IMAGE(
      PROBLEM,
      "deploy.release",
      "platform.previous-image",
      world -> {
        world.release(64, Release.Status.FAILED, Duration.ofMinutes(20));
        world.release(65, 64, Release.Status.COMPLETE, Duration.ofMinutes(10));
      }),
  A_TOOL_DIED_AFTER_ITS_WORK(
      OK, "", "", world -> world.release(63, Release.Status.RUNNING, Duration.ofHours(2))),
  DOES_NOT_START_WITHOUT_A_SECRET(
      PROBLEM,
      "platform.change-secrets",
      "platform.roll-back",
      world -> {
        world.withoutSecret("SESSION_SECRET").crashed("m1", 63, false).crashed("m2", 63, false);
        world.log(
            "m1",
            6,
            Duration.ofSeconds(20),
            "{\"level\":\"error\",\"message\":\"SESSION_SECRET is not set\"}");
      }),
  DOES_NOT_START_WITH_A_STAGED_SECRET(
      PROBLEM,
      "platform.change-secrets",
      "platform.roll-back",
      world -> {
        world.staged("SESSION_SECRET").crashed("m1", 63, false);
        world.log(
            "m1",
            6,
            Duration.ofSeconds(20),
            "{\"level\":\"error\",\"message\":\"SESSION_SECRET is not set\"}");
      }),
  CRASHES_SINCE_THE_RELEASE(
      PROBLEM,
      "platform.roll-back",
      "platform.previous-image",
      world -> world.crashed("m1", 63, true).crashed("m2", 63, true)),
  CRASHES_LONG_AFTER_THE_RELEASE(
      PROBLEM,
      "deploy.read-start",
      "platform.roll-back",
      world -> {
        world.release(63, Release.Status.COMPLETE, Duration.ofDays(3));
        world.crashed("m1", 63, true);
      }),
  LISTENS_ON_ANOTHER_PORT(
      PROBLEM,
      "deploy.port",
      "platform.previous-image",
      world -> {
        ALL_MACHINES_FAIL_THEIR_CHECKS.fault.accept(world);
        world.log("m1", 12, Duration.ofSeconds(10), "[PC01] instance refused connection");
      }),
  REFUSED_WHILE_IT_BOOTED(
      OK,
      "",
      "",
      world -> world.log("m1", 12, Duration.ofSeconds(10), "[PC01] instance refused connection"));

  final Verdict verdict;
  final String first;
  final String warning;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
  private final Consumer<DeployWorld> fault;

  DeployScenarios(Verdict verdict, String first, String warning, Consumer<DeployWorld> fault) {
    this.verdict = verdict;
    this.first = first;
    this.warning = warning;
    this.fault = fault;
  }

  DeployWorld world() {
    var world = new DeployWorld();
    fault.accept(world);
    return world;
  }
}
