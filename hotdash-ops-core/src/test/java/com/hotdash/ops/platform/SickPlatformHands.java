package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hands that keep every word of {@link MachineSteps} and {@link SecretSteps}, and lose answers. */
final class SickPlatformHands implements Control {
  private final SickPlatform sick;
  private final SecretSource source;

  SickPlatformHands(SickPlatform sick, SecretSource source) {
    this.sick = sick;
    this.source = source;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    crash();
    TargetState state;
    synchronized (sick) {
      state = state(target);
    }
    crash();
    return Reading.of(state, Evidence.of("", "test", sick.clock.now()));
  }

  private TargetState state(Target target) {
    return switch (target.kind()) {
      case MachineSteps.APP -> {
        var newest = sick.releases.stream().mapToInt(Release::version).max().orElse(0);
        yield TargetState.of(Map.of(MachineSteps.RELEASE, "" + newest));
      }
      case SecretSteps.SECRETS -> TargetState.of(SecretSteps.fields(target, sick.digests()));
      case NewMachine.KIND -> newMachine(NewMachine.of(target));
      case LeaseSteps.LEASE -> {
        var lease = sick.leases.get(target.id());
        yield lease == null ? TargetState.GONE : TargetState.of(LeaseSteps.fields(lease));
      }
      default -> machine(target);
    };
  }

  private TargetState newMachine(NewMachine wanted) {
    if (sick.machines.containsKey(id(wanted))) {
      return TargetState.of(Map.of(NewMachine.MADE, "yes", NewMachine.ID, id(wanted)));
    }
    var like = sick.machines.get(wanted.like());
    return TargetState.of(
        Map.of(NewMachine.MADE, "no", NewMachine.LIKE_VERSION, like == null ? "" : like.version()));
  }

  private TargetState machine(Target target) {
    var machine = sick.machines.get(MachineSteps.machine(target));
    if (machine == null) {
      return TargetState.GONE;
    }
    var all = new Machines(List.copyOf(sick.machines.values()));
    var fields = new TreeMap<>(MachineSteps.fields(machine, all));
    if (target.kind().equals(MachineSteps.CONFIG)) {
      var as = earlier(machine.id(), MachineSteps.earlier(target));
      boolean same = as.image().same(machine.image()) && as.guest().equals(machine.guest());
      fields.put(MachineSteps.RESTORED, same ? "yes" : "no");
    }
    return TargetState.of(fields);
  }

  private MachineVersion earlier(String id, String version) {
    return sick.history.getOrDefault(id, List.of()).stream()
        .filter(each -> each.version().equals(version))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    crash();
    sick.meeting.run();
    synchronized (sick) {
      return made(step);
    }
  }

  private StepOutcome made(Step step) {
    if (sick.dropping.remove(step.kind())) {
      return StepOutcome.uncertain("connection reset");
    }
    var before = state(step.target());
    if (!before.matches(step.assumes())) {
      return StepOutcome.moved(before.difference(step.assumes()));
    }
    var outcome = write(step);
    crash();
    return outcome.status() == Status.DONE && sick.losing.remove(step.kind())
        ? StepOutcome.uncertain("connection reset")
        : outcome;
  }

  private StepOutcome write(Step step) {
    return switch (step.kind()) {
      case SecretSteps.SET -> store(step);
      case MachineSteps.CREATE -> create(step, NewMachine.of(step.target()));
      case MachineSteps.DESTROY -> destroy(step);
      case LeaseSteps.BREAK -> {
        sick.leases.remove(step.target().id());
        yield done(step, "lease of " + step.target().id());
      }
      default -> change(step, sick.get(MachineSteps.machine(step.target())));
    };
  }

  private StepOutcome create(Step step, NewMachine wanted) {
    var like = sick.get(wanted.like());
    sick.machines.put(id(wanted), sick.machine(id(wanted), like.image(), like.state(), true));
    return done(step, id(wanted));
  }

  private StepOutcome destroy(Step step) {
    var target = step.target();
    var id = target.kind().equals(NewMachine.KIND) ? id(NewMachine.of(target)) : target.id();
    sick.machines.remove(id);
    return done(step, id);
  }

  private StepOutcome store(Step step) {
    for (var place : SecretSteps.places(step.target()).entrySet()) {
      if (place.getValue().isEmpty()) {
        sick.secrets.remove(place.getKey());
      } else {
        var value = source.find(place.getValue());
        if (value.isEmpty()) {
          return StepOutcome.failed("nothing in " + place.getValue());
        }
        sick.secrets.put(place.getKey(), "d" + value.get().reveal().hashCode());
      }
    }
    sick.secretVersions++;
    return done(step, "secrets");
  }

  private StepOutcome change(Step step, Machine was) {
    if (sick.broken.contains(was.id())) {
      return StepOutcome.failed("the platform put it back");
    }
    var image = was.image();
    var guest = was.guest();
    switch (step.kind()) {
      case MachineSteps.IMAGE -> image = image(step.after().getOrDefault(MachineSteps.RUNS, ""));
      case MachineSteps.GUEST -> guest = guest(step.after().getOrDefault(MachineSteps.SIZE, ""));
      case MachineSteps.PUT_BACK -> {
        var as = earlier(was.id(), MachineSteps.earlier(step.target()));
        image = as.image();
        guest = as.guest();
      }
      default -> {
        // Neither image nor size.
      }
    }
    boolean cordons = List.of(MachineSteps.CORDON, MachineSteps.UNCORDON).contains(step.kind());
    boolean starts = !cordons && was.state() == MachineState.STARTED;
    var now =
        new Machine(
            was.id(),
            cordons || step.kind().equals(MachineSteps.RESTART) ? was.version() : sick.version(),
            was.region(),
            was.group(),
            was.state(),
            was.stateText(),
            image,
            was.release(),
            guest,
            cordons ? step.kind().equals(MachineSteps.CORDON) : was.cordoned(),
            true,
            was.checksConfigured(),
            was.checks(),
            was.exits(),
            starts ? sick.clock.now() : was.startedAt());
    sick.changed.add(was.id());
    if (sick.worsening.contains(was.id())) {
      // It was healthy as it was, so it alone goes back.
      return StepOutcome.failed("its checks failed; it runs " + was.image() + " again");
    }
    sick.machines.put(now.id(), now);
    sick.remember(now);
    return new StepOutcome(Status.DONE, "updated", MachineSteps.fields(now));
  }

  private StepOutcome done(Step step, String changed) {
    sick.changed.add(changed);
    return new StepOutcome(Status.DONE, "made", state(step.target()).fields());
  }

  private static Image image(String reference) {
    return new Image(reference, reference.substring(reference.indexOf('@') + 1));
  }

  private static Guest guest(String size) {
    var parts = size.split("/", -1);
    return new Guest(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static String id(NewMachine wanted) {
    return "new-" + wanted.mark();
  }

  private void crash() {
    if (--sick.crashAt == 0) {
      throw new SickPlatform.Crash();
    }
  }

  @Override
  public void close() {}
}
