package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether each machine has a release's image and those that run pass their checks. Kept as data, so
 * that another process can ask the same.
 */
record ImageOnMachines(PlatformReader platform, Image image, String release) implements Symptom {
  private static final String REFERENCE = "proof_image";
  private static final String DIGEST = "proof_digest";
  private static final String RELEASE = "proof_release";

  static Map<String, String> goal(Release release) {
    var digest = release.image().digest();
    return Map.of(
        REFERENCE, release.image().reference(),
        DIGEST, digest == null ? "" : digest,
        RELEASE, release.label());
  }

  /** Empty where nothing of the kind was planned. */
  static Optional<ImageOnMachines> of(Map<String, String> goal, PlatformReader platform) {
    var digest = goal.getOrDefault(DIGEST, "");
    return Optional.ofNullable(goal.get(REFERENCE))
        .map(name -> new Image(name, digest.isEmpty() ? null : digest))
        .map(image -> new ImageOnMachines(platform, image, goal.getOrDefault(RELEASE, "")));
  }

  @Override
  public String goal() {
    return "each machine has the image of " + release + " and passes its checks";
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    try (var look = platform.look(deadline)) {
      var machines = look.machines();
      return machines instanceof Reading.Read<Machines> read
          ? measured(read)
          : Reading.unread(machines.obstacle().orElseThrow());
    }
  }

  private Reading<Measurement> measured(Reading.Read<Machines> read) {
    // One that sleeps must not wake up with what was left.
    var all =
        read.value().all().stream().filter(each -> each.state() != MachineState.DESTROYED).toList();
    var running = read.value().running();
    var others = all.stream().filter(each -> !each.image().same(image)).map(Machine::id).toList();
    var failing = of(running, Machine.Health.FAILING);
    var silent = of(running, Machine.Health.UNKNOWN);
    if (others.isEmpty() && failing.isEmpty() && !silent.isEmpty()) {
      return Reading.unread(
          new NotChecked(
              "health of machines",
              Why.TOO_LITTLE_DATA,
              String.join(", ", silent) + " has not reported",
              "wait for its checks, and verify again"));
    }
    var summary =
        (all.size() - others.size())
            + " of "
            + all.size()
            + " machines have the image of "
            + release
            + (others.isEmpty() ? "" : ", not " + String.join(", ", others))
            + (failing.isEmpty() ? "" : ", " + String.join(", ", failing) + " fails");
    return Reading.of(
        new Measurement(
            running.isEmpty() || !others.isEmpty() || !failing.isEmpty(), summary, Map.of()),
        read.evidence().withValue(summary));
  }

  private static List<String> of(List<Machine> running, Machine.Health health) {
    return running.stream().filter(each -> each.health() == health).map(Machine::id).toList();
  }
}
