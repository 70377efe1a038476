package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.fly.MachineChange.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The machines of an app that changes are made to, one after another. The first failure ends a
 * change: what was changed stays, what was not begun stays as it was.
 *
 * @param group the process group, or {@code null} for all
 */
record Fleet(AppCalls calls, @Nullable String group) {
  List<Machine> machines() {
    return new FlyMachines(calls)
        .list().stream()
            .filter(Machine::managed)
            .filter(machine -> group == null || machine.processGroup().equals(group))
            .sorted(Comparator.comparing(Machine::id))
            .toList();
  }

  /** The machines, of one process group: what a size or a count is about. */
  List<Machine> oneGroup() {
    var machines = machines();
    var groups =
        machines.stream().map(Machine::processGroup).collect(Collectors.toCollection(TreeSet::new));
    if (groups.size() > 1) {
      throw refused("has the process groups " + groups, "name one: app.group(\"…\")");
    }
    if (machines.isEmpty()) {
      throw refused("has no machine to change", "look at app.machines().list()");
    }
    return machines;
  }

  FlyRollout update(String what, Function<Machine, Wanted> wanted) {
    return update(what, machines(), wanted);
  }

  FlyRollout update(String what, List<Machine> machines, Function<Machine, Wanted> wanted) {
    return update(what, machines, wanted, false);
  }

  /** The same as a part of a change that has already written something: it throws nothing. */
  FlyRollout update(
      String what, List<Machine> machines, Function<Machine, Wanted> wanted, boolean written) {
    var updater = new MachineUpdater(calls);
    return each(what, machines, one -> updater.update(one, wanted.apply(one)), written);
  }

  FlyRollout each(
      String what, List<Machine> machines, Function<Machine, MachineChange> act, boolean written) {
    var changes = new ArrayList<MachineChange>();
    boolean stopped = false;
    for (var machine : machines) {
      if (stopped) {
        changes.add(change(machine, Outcome.NOT_BEGUN, null, ""));
      } else if (!machine.hostStatus().equals("ok")) {
        var why = "its host is " + machine.hostStatus();
        changes.add(change(machine, Outcome.LEFT_ALONE, null, why));
      } else {
        var made = one(machine, act, changes, written);
        changes.add(made);
        stopped = made.outcome() == Outcome.FAILED || made.outcome() == Outcome.UNCERTAIN;
      }
    }
    return new FlyRollout(calls.app(), what, changes);
  }

  // Throws only while nothing has been written: after that, the rollout tells.
  private MachineChange one(
      Machine machine,
      Function<Machine, MachineChange> act,
      List<MachineChange> before,
      boolean earlier) {
    try {
      return act.apply(machine);
    } catch (FlyUpdateFailedException e) {
      return change(machine, Outcome.FAILED, e.now(), e.problem());
    } catch (OpsException e) {
      boolean written =
          earlier || before.stream().anyMatch(one -> one.outcome() == Outcome.CHANGED);
      if (!written && !e.outcomeUnknown()) {
        throw e;
      }
      var outcome = e.outcomeUnknown() ? Outcome.UNCERTAIN : Outcome.FAILED;
      return change(machine, outcome, null, e.problem());
    }
  }

  private static MachineChange change(
      Machine machine, Outcome outcome, @Nullable Machine now, String why) {
    return new MachineChange(
        machine.id(),
        outcome,
        side(machine),
        now == null ? null : side(now),
        now == null ? machine.instanceId() : now.instanceId(),
        why,
        Duration.ZERO);
  }

  private static String side(Machine machine) {
    return machine.state()
        + " "
        + machine.guest().map(Guest::toString).orElse("")
        + (machine.image() == null ? "" : " " + machine.image().brief());
  }

  FlyPreconditionException refused(String problem, String next) {
    var fault = Fault.of("fly", "machine.update", calls.app() + " " + problem);
    return new FlyPreconditionException(fault.withNextStep(next), 0, "", null);
  }
}
