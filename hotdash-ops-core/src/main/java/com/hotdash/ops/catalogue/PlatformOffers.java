package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Argument.required;
import static com.hotdash.ops.resolution.Effect.COMPENSABLE;
import static com.hotdash.ops.resolution.Effect.IRREVERSIBLE;
import static com.hotdash.ops.resolution.Effect.REVERSIBLE;

import com.hotdash.ops.platform.BreakLease;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.Cordon;
import com.hotdash.ops.platform.RestartMachines;
import com.hotdash.ops.platform.RollBackMachine;
import com.hotdash.ops.platform.ScaleCount;
import com.hotdash.ops.platform.ScaleGuest;
import com.hotdash.ops.platform.SecretChange;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.PlatformChanges;
import java.util.List;
import java.util.function.BiFunction;

/** The changes that the platform offers. */
final class PlatformOffers {
  private static final boolean ONCE = true;
  private static final boolean EACH_TIME = false;
  private static final Argument MACHINE = required("machine", "the machine's id", "3d8d9f00a12e89");
  private static final Argument MB = required("mb", "memory in MB", "4096");
  private static final Argument SIZE = required("size", "the size", "shared-cpu-4x");
  private static final Argument NAME = required("name", "the secret's name", "SESSION_SECRET");

  private PlatformOffers() {}

  static List<OfferedChange> all() {
    return List.of(
        offer(
            RollBackMachine.ID,
            "rollBackMachine(machine)",
            COMPENSABLE,
            EACH_TIME,
            (platform, given) -> platform.rollBackMachine(given.text("machine")),
            MACHINE),
        offer(
            RollBackMachine.ID,
            "rollBackMachine(machine, version)",
            COMPENSABLE,
            ONCE,
            (platform, given) ->
                platform.rollBackMachine(given.text("machine"), given.text("version")),
            MACHINE,
            required("version", "the version to go back to", "01JDV0Z4Y8Q9W2K7N5T3R1M6XA")),
        offer(
            ScaleGuest.ID,
            "scaleMemory(mb)",
            REVERSIBLE,
            ONCE,
            (platform, given) -> platform.scaleMemory(given.count("mb")),
            MB),
        offer(
            ScaleGuest.ID,
            "scaleVm(size)",
            REVERSIBLE,
            ONCE,
            (platform, given) -> platform.scaleVm(given.text("size")),
            SIZE),
        offer(
            ScaleGuest.ID,
            "scale(size, mb)",
            REVERSIBLE,
            ONCE,
            (platform, given) -> platform.scale(given.text("size"), given.count("mb")),
            SIZE,
            MB),
        offer(
            ScaleCount.ID,
            "scaleCount(count)",
            COMPENSABLE,
            ONCE,
            (platform, given) -> platform.scaleCount(given.count("count")),
            required("count", "how many machines there shall be", "3")),
        offer(
            RestartMachines.ID,
            "restart(machine)",
            IRREVERSIBLE,
            EACH_TIME,
            (platform, given) -> platform.restart(given.text("machine")),
            MACHINE),
        offer(
            RestartMachines.ID,
            "restartAll()",
            IRREVERSIBLE,
            EACH_TIME,
            (platform, given) -> platform.restartAll()),
        offer(
            ChangeSecrets.ID,
            "setSecret(name, place)",
            COMPENSABLE,
            ONCE,
            (platform, given) -> platform.setSecret(given.text("name"), given.text("place")),
            NAME,
            required("place", "where the value is; never the value", "NEW_SESSION_SECRET")),
        offer(
            ChangeSecrets.ID,
            "deploySecrets()",
            COMPENSABLE,
            ONCE,
            (platform, given) -> platform.deploySecrets()),
        offer(
            ChangeSecrets.ID,
            "changeSecrets(SecretChange.unset(name))",
            COMPENSABLE,
            ONCE,
            (platform, given) -> platform.changeSecrets(SecretChange.unset(given.text("name"))),
            NAME),
        offer(
            Cordon.ID,
            "cordon(machine)",
            REVERSIBLE,
            ONCE,
            (platform, given) -> platform.cordon(given.text("machine")),
            MACHINE),
        offer(
            Cordon.ID,
            "uncordon(machine)",
            REVERSIBLE,
            ONCE,
            (platform, given) -> platform.uncordon(given.text("machine")),
            MACHINE),
        offer(
            BreakLease.ID,
            "breakLease(machine)",
            IRREVERSIBLE,
            ONCE,
            (platform, given) -> platform.breakLease(given.text("machine")),
            MACHINE));
  }

  private static OfferedChange offer(
      String id,
      String call,
      Effect effect,
      boolean idempotent,
      BiFunction<PlatformChanges, Given, Resolution> made,
      Argument... inputs) {
    return Offers.offer(
        id,
        "platform()." + call,
        effect,
        idempotent,
        (ops, given) -> made.apply(ops.platform(), given),
        inputs);
  }
}
