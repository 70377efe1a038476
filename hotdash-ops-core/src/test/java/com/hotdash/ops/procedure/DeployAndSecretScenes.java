package com.hotdash.ops.procedure;

import static com.hotdash.ops.diagnosis.Incident.DEPLOYMENT_FAILURES;
import static com.hotdash.ops.diagnosis.Incident.HIGH_ERROR_RATE;
import static com.hotdash.ops.diagnosis.Incident.SECRET_ROTATION_ISSUES;
import static com.hotdash.ops.procedure.FleetWorld.exit;
import static com.hotdash.ops.procedure.FleetWorld.exits;
import static com.hotdash.ops.procedure.FleetWorld.failing;
import static com.hotdash.ops.procedure.FleetWorld.image;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.state;

import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.shop.ShopTrouble;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** R3 and R8: what was brought out, or changed, does not work. */
final class DeployAndSecretScenes {
  private DeployAndSecretScenes() {}

  private static WholeScene deploy(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(DEPLOYMENT_FAILURES, name, happens);
  }

  private static WholeScene secret(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(SECRET_ROTATION_ISSUES, name, happens);
  }

  static Stream<WholeScene> all() {
    return Stream.concat(deploys(), secrets());
  }

  private static Stream<WholeScene> deploys() {
    return Stream.of(
        deploy(
            "deploy: the build fails by a type",
            world ->
                world.run.failed(
                    Phase.BUILD,
                    new BuildError(BuildError.Kind.TYPE, "app/tile.ts", 17, "TS2345: Argument"))),
        deploy(
            "deploy: waits for somebody's approval",
            world -> {
              world.run.ended(RunProblem.WAITING_FOR_APPROVAL, "waiting", null);
              world.run.approvals.add(
                  new PendingDeployment(1, "production", false, List.of("sam")));
            }),
        deploy(
            "deploy: was cancelled",
            world -> world.run.ended(RunProblem.CANCELLED, "completed", "cancelled")),
        deploy(
            "deploy: its workflow file is broken",
            world -> world.run.ended(RunProblem.STARTUP_FAILURE, "completed", "startup_failure")),
        deploy(
            "deploy: no runner takes it",
            world -> world.run.ended(RunProblem.STUCK_IN_QUEUE, "queued", null)),
        deploy(
            "deploy: half the machines have it",
            world -> {
              world.released(119, 40);
              world.machines.set(1, machine("m2"));
            }),
        deploy(
            "deploy: the new machine fails its checks",
            world -> {
              world.released(119, 10);
              world.run.failed(Phase.HEALTH);
              world.releases.removeIf(each -> each.version() == 119);
              world.releases.add(failed(119, 10));
              world.machines.set(0, failing(world.machines.get(0)));
              world.machines.set(1, machine("m2"));
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.well("m2"));
            }),
        WholeScene.of(
            HIGH_ERROR_RATE,
            "deploy: machines fail since a release of secrets, with the image that was there",
            world -> {
              world.releases.add(release(119, 118, 10, "Update secrets"));
              world.secret(SecretWorld.secret("SUPABASE_URL", 10));
              world.machines(
                  failing(started(machine("m1"), 9)), failing(started(machine("m2"), 9)));
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.silent("m2"));
              world.errors(0.9, 9);
            }),
        deploy(
            "deploy: what it brought does not start",
            world -> {
              world.released(119, 10);
              world.machines.set(
                  0,
                  state(
                      exits(
                          image(started(machine("m1"), 9), 119),
                          exit(3, 1, false),
                          exit(5, 1, false)),
                      MachineState.STOPPED));
              world.health = HealthWorld.health(HealthWorld.well("m2"));
            }));
  }

  static Release failed(int version, int minutesAgo) {
    var good = FleetWorld.release(version, minutesAgo);
    return new Release(
        version,
        Release.Status.FAILED,
        "failed",
        good.image(),
        good.at(),
        good.by(),
        good.description());
  }

  /** One that names an image of an earlier one. */
  static Release release(int version, int image, int minutesAgo, String description) {
    return new Release(
        version,
        Release.Status.COMPLETE,
        "complete",
        FleetWorld.release(image, minutesAgo).image(),
        FleetWorld.release(version, minutesAgo).at(),
        "alice",
        description);
  }

  private static Stream<WholeScene> secrets() {
    return Stream.of(
        secret(
            "secrets: one is missing, and nothing starts",
            world -> {
              world.secrets.removeIf(each -> each.name().equals("SESSION_SECRET"));
              world.machines(crashed("m1"), crashed("m2"));
              world.health = HealthWorld.health();
              world.errors(1, 6).log(12, 20, "error", "SESSION_SECRET is not set");
            }),
        secret(
            "secrets: one is missing, and all still run",
            world -> world.secrets.removeIf(each -> each.name().equals("SESSION_SECRET"))),
        secret(
            "secrets: machines have different ones",
            world -> {
              world.secret(SecretWorld.secret("SESSION_SECRET", 30, "m2"));
              world.machines(started(machine("m1"), 20), machine("m2"));
            }),
        secret(
            "secrets: half of a pair was changed",
            world -> {
              world.secret(SecretWorld.secret("DATABASE_URL", 30));
              rolledOut(world);
              world.log(3, 10, "error", "password authentication failed for user app");
            }),
        secret(
            "secrets: the shop refuses since one was changed",
            world -> {
              world.secret(SecretWorld.secret("SHOPIFY_API_SECRET", 30));
              rolledOut(world);
              world.answer = WholeWorld.answer(ShopTrouble.UNAUTHORIZED, 80);
              world.log(30, 20, "error", "Invalid API key or access token").errors(0.2, 25);
              world.metrics.shopErrors = 150;
            }),
        secret(
            "secrets: the shop refuses since its key was changed",
            world -> {
              world.secret(SecretWorld.secret("SHOPIFY_API_KEY", 30));
              rolledOut(world);
              world.answer = WholeWorld.answer(ShopTrouble.UNAUTHORIZED, 80);
              world.log(30, 20, "error", "Invalid API key or access token").errors(0.2, 25);
              world.metrics.shopErrors = 150;
            }),
        secret(
            "secrets: the database refuses since a pair was changed",
            world -> {
              world.secret(SecretWorld.secret("DATABASE_URL", 30));
              world.secret(SecretWorld.secret("DIRECT_URL", 30));
              rolledOut(world);
              world.database.nobodyGetsIn(Stage.LOGIN, FailureKind.PASSWORD_REFUSED, true);
              world.log(30, 20, "error", "password authentication failed for user app");
              world.errors(0.8, 20);
              GroundScenes.told(world, "database");
            }),
        secret(
            "secrets: sessions are refused since one was changed",
            world -> {
              world.secret(SecretWorld.secret("SESSION_SECRET", 30));
              rolledOut(world);
              world.log(30, 10, "error", "jwt expired");
            }),
        secret(
            "secrets: nothing starts since one was changed",
            world -> {
              world.secret(SecretWorld.secret("SESSION_SECRET", 30));
              world.machines(
                  started(machine("m1"), 20),
                  exits(started(machine("m2"), 20), exit(25, 1, false)));
            }));
  }

  private static com.hotdash.ops.platform.Machine crashed(String id) {
    return state(exits(machine(id), exit(2, 1, false), exit(4, 1, false)), MachineState.STOPPED);
  }

  private static void rolledOut(WholeWorld world) {
    world.machines(started(machine("m1"), 20), started(machine("m2"), 20));
  }
}
