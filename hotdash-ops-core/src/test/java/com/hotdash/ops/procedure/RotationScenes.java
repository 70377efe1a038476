package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.exit;
import static com.hotdash.ops.procedure.FleetWorld.exits;
import static com.hotdash.ops.procedure.FleetWorld.failing;
import static com.hotdash.ops.procedure.FleetWorld.image;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.updated;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.logs.LogLine;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** R8: secrets that came to some machines only, and such as have nothing to do with a trouble. */
final class RotationScenes {
  private RotationScenes() {}

  private static WholeScene scene(
      @Nullable Incident injected, String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(injected, "secrets: " + name, happens);
  }

  static Stream<WholeScene> all() {
    return Stream.of(
        scene(
            Incident.SECRET_ROTATION_ISSUES,
            "a wrong one came to one machine of two, which is refused",
            world -> {
              halfWay(world);
              refused(world, "m1");
            }),
        scene(
            Incident.SECRET_ROTATION_ISSUES,
            "the machine that has a former one is refused",
            world -> {
              halfWay(world);
              refused(world, "m2");
            }),
        scene(
            Incident.SECRET_ROTATION_ISSUES,
            "one machine has a new one, and both are refused",
            world -> {
              halfWay(world);
              refused(world, "m1");
              refused(world, "m2");
            }),
        scene(
            Incident.SECRET_ROTATION_ISSUES,
            "a wrong one came to one machine of two, which fails its checks",
            world -> {
              halfWay(world);
              refused(world, "m1");
              world.machines.replaceAll(each -> each.id().equals("m1") ? failing(each) : each);
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.well("m2"));
            }),
        scene(
            Incident.HIGH_ERROR_RATE,
            "one was changed minutes after a release, and all machines fail since",
            world -> {
              world.released(119, 20);
              world.releases.add(DeployAndSecretScenes.release(120, 119, 10, "Update secrets"));
              world.secret(SecretWorld.secret("SUPABASE_URL", 10));
              world.machines.replaceAll(each -> failing(updated(started(each, 9), 120)));
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.silent("m2"));
              world.errors(0.9, 9);
            }),
        scene(
            Incident.HIGH_ERROR_RATE,
            "one was stored minutes after a release, without one of its own, and all fail since",
            world -> {
              world.released(119, 14);
              world.secret(SecretWorld.secret("SUPABASE_URL", 10));
              world.machines.replaceAll(each -> failing(started(each, 9)));
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.silent("m2"));
              world.errors(0.9, 9);
            }),
        scene(
            null,
            "sessions end since theirs was rotated well, minutes ago",
            world -> {
              world.secret(SecretWorld.secret("SESSION_SECRET", 9));
              world.machines(started(machine("m1"), 8), started(machine("m2"), 7));
              world.log(60, 60, "info", "jwt expired").log(80, 300, "info", "jwt expired");
            }),
        scene(
            Incident.SECRET_ROTATION_ISSUES,
            "sessions do not come back after theirs was rotated",
            world -> {
              world.secret(SecretWorld.secret("SESSION_SECRET", 25));
              world.machines(started(machine("m1"), 24), started(machine("m2"), 23));
              world.log(60, 10, "info", "invalid jwt").log(80, 1_300, "info", "invalid jwt");
            }),
        scene(
            Incident.SECRET_ROTATION_ISSUES,
            "machines have different ones, and others are staged",
            world -> {
              world.secret(SecretWorld.secret("SESSION_SECRET", 30, "m2"));
              world.secret(SecretWorld.secret("SCOPES", 12, "m1", "m2"));
              world.machines(started(machine("m1"), 20), machine("m2"));
            }),
        scene(
            Incident.MEMORY_CPU_ISSUES,
            "one is staged, and a machine ends for want of memory",
            world -> {
              world.secret(SecretWorld.secret("SESSION_SECRET", 12, "m1", "m2"));
              world.machines(
                  machine("m1"),
                  exits(machine("m2"), exit(3, 137, true), exit(5, 137, true), exit(7, 137, true)));
            }),
        scene(
            Incident.HIGH_ERROR_RATE,
            "half of a pair is staged while a release fails",
            world -> {
              world.secret(SecretWorld.secret("DATABASE_URL", 8, "m1", "m2"));
              world.releases.add(FleetWorld.release(119, 4));
              world.machines.replaceAll(each -> image(started(each, 4 * 24 * 60), 119));
              world.errors(0.4, 3);
            }),
        scene(
            null,
            "half of a pair was changed for its limit on connections",
            world -> {
              world.secret(SecretWorld.secret("DATABASE_URL", 180));
              world.machines(started(machine("m1"), 175), started(machine("m2"), 175));
            }),
        scene(
            null,
            "one for the night is staged, and sessions end as every day",
            world -> {
              world.secret(SecretWorld.secret("SHOPIFY_API_SECRET", 60, "m1", "m2"));
              world.log(40, 10, "info", "jwt expired");
            }),
        scene(
            null,
            "credentials were refused seven minutes ago",
            world -> world.log(40, 400, "error", "Invalid API key or access token")));
  }

  /** Both of a pair, on the first machine only. */
  private static void halfWay(WholeWorld world) {
    world.secret(SecretWorld.secret("DATABASE_URL", 12, "m2"));
    world.secret(SecretWorld.secret("DIRECT_URL", 12, "m2"));
    world.machines(started(machine("m1"), 11), machine("m2"));
    world.errors(0.4, 10);
  }

  private static void refused(WholeWorld world, String machine) {
    for (int i = 0; i < 60; i++) {
      world.lines.add(
          new LogLine(
              NOW.minusSeconds(10 + 5L * i),
              machine,
              "ord",
              "app",
              "error",
              "{\"level\":\"error\",\"message\":\"password authentication failed for user app\"}",
              null));
    }
  }
}
