package com.hotdash.ops.fly;

import com.hotdash.ops.platform.LeaseSteps;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.platform.NewMachine;
import com.hotdash.ops.platform.SecretSteps;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The flyctl commands that do what steps do. They change one machine: {@code fly deploy} would run
 * the release command and take in the local fly.toml, and {@code fly scale vm} would reset memory.
 */
final class FlyByHand {
  private static final String AWAKE = "   # with --skip-start if it does not run";

  private FlyByHand() {}

  static String of(Step step, String app) {
    var at = " -a " + app;
    var id = MachineSteps.machine(step.target());
    return switch (step.kind()) {
      case MachineSteps.IMAGE -> update(id, image(step)) + at + AWAKE;
      case MachineSteps.GUEST -> update(id, size(step)) + at + AWAKE;
      case MachineSteps.PUT_BACK ->
          update(id, image(step) + size(step)) + at + "   # env and services by hand";
      case MachineSteps.RESTART -> "fly machine restart " + id + at;
      case MachineSteps.CORDON -> "fly machine cordon " + id + at;
      case MachineSteps.UNCORDON -> "fly machine uncordon " + id + at;
      case MachineSteps.ROLL_OUT -> "fly secrets deploy" + at + "   # once, for all machines";
      case LeaseSteps.BREAK -> "fly machine leases clear " + id + at;
      case MachineSteps.CREATE -> clone(step.target()) + at;
      case MachineSteps.DESTROY ->
          step.target().kind().equals(NewMachine.KIND)
              ? "fly machine list" + at + "   # then stop and destroy the new one"
              : "fly machine stop " + id + at + " && fly machine destroy " + id + at;
      case SecretSteps.SET -> secrets(step.target(), at);
      default -> "# flyctl has no command for " + step;
    };
  }

  private static String update(String id, String flags) {
    return "fly machine update " + id + flags + " --yes";
  }

  private static String image(Step step) {
    return " --image " + step.after().getOrDefault(MachineSteps.RUNS, "?");
  }

  private static String size(Step step) {
    var parts = step.after().getOrDefault(MachineSteps.SIZE, "?/?/?").split("/", 3);
    return " --vm-cpu-kind " + parts[0] + " --vm-cpus " + parts[1] + " --vm-memory " + parts[2];
  }

  private static String clone(Target target) {
    var wanted = NewMachine.of(target);
    return "fly machine clone " + wanted.like() + " --region " + wanted.region();
  }

  /** Never on the command line: values would stay in the shell's history and the process list. */
  private static String secrets(Target target, String at) {
    var places = SecretSteps.places(target);
    var set = names(places, false);
    var unset = names(places, true);
    var importing =
        set.isEmpty() ? "" : "fly secrets import --stage" + at + " < file   # with " + set;
    var removing = unset.isEmpty() ? "" : "fly secrets unset --stage " + unset + at;
    return removing.isEmpty() || importing.isEmpty()
        ? importing + removing
        : removing + " && " + importing;
  }

  private static String names(Map<String, String> places, boolean removed) {
    return places.entrySet().stream()
        .filter(each -> each.getValue().isEmpty() == removed)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(" "));
  }
}
