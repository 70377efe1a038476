package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.release;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.state;

import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineState;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What goes on in any good week, besides whatever else is the matter.
 *
 * @param before what is changed before a scene
 * @param after what is changed after it
 */
record Background(String name, Consumer<WholeWorld> before, Consumer<WholeWorld> after) {
  private static final int YESTERDAY = 1_200;

  static Stream<Background> all() {
    return Stream.of(
        of(
            "a release went out well",
            world -> {
              world.releases.removeIf(each -> each.version() == 118);
              world.releases.add(release(118, 20));
              world.run.minutesAgo = 22;
            }),
        of(
            "a secret is staged",
            world -> world.secret(SecretWorld.secret("SESSION_SECRET", 30, "m1", "m2"))),
        of(
            "a pair of secrets is staged",
            world -> {
              world.secret(SecretWorld.secret("DATABASE_URL", 12, "m1", "m2"));
              world.secret(SecretWorld.secret("DIRECT_URL", 12, "m1", "m2"));
            }),
        of(
            "a machine sleeps",
            world -> world.machines.add(state(machine("m3"), MachineState.STOPPED))),
        new Background(
            "a secret was rotated well, yesterday",
            world -> world.secret(SecretWorld.secret("SHOPIFY_API_SECRET", YESTERDAY)),
            world -> world.machines.replaceAll(Background::rolledOut)),
        of(
            "a vendor's page tells of trouble",
            world -> world.pages.put("Shopify", WholePages.outage("Shopify", 12))),
        of("sessions end as every day", world -> world.log(40, 10, "info", "jwt expired")));
  }

  private static Background of(String name, Consumer<WholeWorld> before) {
    return new Background(name, before, world -> {});
  }

  private static Machine rolledOut(Machine machine) {
    var at = machine.startedAt();
    return at != null && at.isBefore(ago(YESTERDAY)) ? started(machine, YESTERDAY - 5) : machine;
  }

  WholeWorld with(WholeScene scene) {
    var world = new WholeWorld();
    before.accept(world);
    scene.change(world);
    after.accept(world);
    return world;
  }

  @Override
  public String toString() {
    return name;
  }
}
