package com.hotdash.ops.fly;

import com.hotdash.ops.platform.LeaseSteps;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.platform.NewMachine;
import com.hotdash.ops.platform.SecretSteps;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at what a step could change, in the words of {@link MachineSteps}. Throws. */
record FlyStates(AppCalls calls, Deadline deadline) {
  /**
   * What was seen of a target.
   *
   * @param state in the words of steps
   * @param machine the machine that the target names, or {@code null} if it names none or it is
   *     gone
   */
  record Seen(TargetState state, @Nullable Machine machine) {
    private static final Seen NOTHING = new Seen(TargetState.GONE, null);
  }

  Seen look(Target target) {
    return switch (target.kind()) {
      case MachineSteps.APP -> new Seen(app(target), null);
      case MachineSteps.MACHINE -> machine(target.id());
      case MachineSteps.CONFIG -> config(target);
      case NewMachine.KIND -> made(NewMachine.of(target));
      case LeaseSteps.LEASE -> new Seen(lease(target.id()), null);
      case SecretSteps.SECRETS -> new Seen(TargetState.of(secrets(target)), null);
      default -> throw new IllegalArgumentException("kind " + target.kind() + " is not known");
    };
  }

  private TargetState app(Target target) {
    if (!target.id().equals(calls.app())) {
      throw new IllegalArgumentException("this is " + calls.app() + ", not " + target.id());
    }
    int newest =
        FlyReleases.list(calls, FlyReleases.MOST, deadline).stream()
            .mapToInt(Release::version)
            .max()
            .orElse(0);
    return TargetState.of(Map.of(MachineSteps.RELEASE, Integer.toString(newest)));
  }

  /** One list tells of the machine and of the others that must stay. */
  private Seen machine(String id) {
    var all = list();
    var machine = all.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
    if (machine == null || machine.state().gone()) {
      // A single "not found" about a machine that was just handled deserves another look.
      machine = alone(id);
    }
    if (machine == null || machine.state().gone()) {
      return Seen.NOTHING;
    }
    var fields = MachineSteps.fields(PortRecords.machine(machine), PortRecords.machines(all));
    return new Seen(TargetState.of(fields), machine);
  }

  private List<Machine> list() {
    return new FlyMachines(calls).list(Map.of(), deadline);
  }

  private @Nullable Machine alone(String id) {
    try {
      return new FlyMachines(calls).get(id, deadline);
    } catch (FlyNotFoundException e) {
      return null;
    }
  }

  private Seen config(Target target) {
    var seen = machine(MachineSteps.machine(target));
    if (seen.machine() == null) {
      return seen;
    }
    var fields = new TreeMap<>(seen.state().fields());
    boolean restored =
        seen.machine().instanceId().equals(MachineSteps.earlier(target))
            || sameConfig(seen.machine(), MachineSteps.earlier(target));
    fields.put(MachineSteps.RESTORED, restored ? MachineSteps.YES : MachineSteps.NO);
    return new Seen(TargetState.of(fields), seen.machine());
  }

  private boolean sameConfig(Machine machine, String earlier) {
    MachineConfig now = null;
    MachineConfig then = null;
    for (var version : new FlyMachines(calls).versions(machine.id())) {
      now = version.version().equals(machine.instanceId()) ? version.config() : now;
      then = version.version().equals(earlier) ? version.config() : then;
    }
    return now != null && now.equals(then);
  }

  private Seen made(NewMachine wanted) {
    var made = new MachineCount(calls, new Fleet(calls, null)).marked(wanted.mark(), deadline);
    if (made.isPresent()) {
      var fields = Map.of(NewMachine.MADE, MachineSteps.YES, NewMachine.ID, made.get().id());
      return new Seen(TargetState.of(fields), made.get());
    }
    var fields = new TreeMap<String, String>();
    fields.put(NewMachine.MADE, MachineSteps.NO);
    var like = alone(wanted.like());
    if (like != null && !like.state().gone()) {
      fields.put(NewMachine.LIKE_VERSION, like.instanceId());
    }
    return new Seen(TargetState.of(fields), like);
  }

  private TargetState lease(String id) {
    return HeldLease.look(calls, id, deadline)
        .map(held -> TargetState.of(LeaseSteps.fields(held.lease())))
        .orElse(TargetState.GONE);
  }

  private Map<String, String> secrets(Target target) {
    var now =
        new FlySecrets(calls, new Fleet(calls, null))
            .names(deadline).stream().map(PortRecords::secret).toList();
    return SecretSteps.fields(target, now);
  }
}
