package com.hotdash.ops.fly;

import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.Instances;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.LookGate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The machines that answer requests, each with the header by which Fly's proxy chooses it. Stopped
 * ones are left out: a request that names one may start it.
 */
record FlyInstances(AppCalls calls) implements Instances {
  private static final String CHOOSES = "fly-force-instance-id";

  @Override
  public Reading<List<Instance>> running(Deadline deadline) {
    var what = "machines of " + calls.app();
    return new LookGate(deadline).read(what, () -> Looking.at(what, () -> read(deadline)));
  }

  private Reading<List<Instance>> read(Deadline deadline) {
    var running =
        calls.shared().machinesBeside(calls, deadline).stream()
            .filter(Machine::managed)
            .filter(machine -> machine.state().equals(MachineState.STARTED))
            .filter(FlyInstances::serves)
            .sorted(Comparator.comparing(Machine::id))
            .map(FlyInstances::instance)
            .toList();
    var value = running.size() + " machines that run and answer requests";
    return Reading.of(running, Evidence.of(value, "Fly, app " + calls.app(), calls.time().now()));
  }

  // A worker has no service: through the proxy nobody reaches it.
  private static boolean serves(Machine machine) {
    return machine.config() == null || machine.config().hasServices();
  }

  private static Instance instance(Machine machine) {
    return new Instance(
        machine.id(),
        Map.of(CHOOSES, machine.id()),
        machine.releaseVersion().map(version -> "v" + version).orElse(null),
        machine.image() == null ? null : machine.image().brief());
  }
}
