package com.hotdash.ops.fly;

import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.Step;

/**
 * The flyctl commands that do what steps do. They change one machine: {@code fly deploy} would run
 * the release command and take in the local fly.toml, and {@code fly scale vm} would reset memory.
 */
final class FlyByHand {
  private static final String AWAKE = "   # with --skip-start if it does not run";

  private FlyByHand() {}

  static String of(Step step, String app) {
    var machine = "fly machine update " + step.target().id();
    return switch (step.kind()) {
      case MachineSteps.IMAGE ->
          machine
              + " --image "
              + step.after().getOrDefault(MachineSteps.RUNS, "?")
              + " --yes -a "
              + app
              + AWAKE;
      case MachineSteps.GUEST -> machine + size(step) + " --yes -a " + app + AWAKE;
      default -> "# flyctl has no command for " + step;
    };
  }

  private static String size(Step step) {
    var parts = step.after().getOrDefault(MachineSteps.SIZE, "?/?/?").split("/", 3);
    return " --vm-cpu-kind " + parts[0] + " --vm-cpus " + parts[1] + " --vm-memory " + parts[2];
  }
}
