package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.fly.MachineChange.Outcome;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes machines, or takes some away, until a process group has as many as asked for. */
final class MachineCount {
  // flyctl's own mark for the same purpose: a list can be filtered by it.
  private static final String MARK = "fly_flyctl_bluegreen_launch_id";
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int LOOKS = 3;
  private static final Duration DESTROY = Duration.ofMinutes(2);

  private final AppCalls calls;
  private final Fleet fleet;

  MachineCount(AppCalls calls, Fleet fleet) {
    this.calls = calls;
    this.fleet = fleet;
  }

  FlyRollout to(int count) {
    var machines = fleet.oneGroup();
    var what = "scale from " + machines.size() + " to " + count + " machines";
    if (count == machines.size()) {
      return new FlyRollout(
          calls.app(), what, machines.stream().map(MachineCount::unchanged).toList());
    }
    if (machines.stream().anyMatch(one -> one.config() == null || one.config().hasMounts())) {
      throw fleet.refused(
          "has machines with volumes, or whose config cannot be read",
          "add or remove those by hand: a volume belongs to one machine");
    }
    if (count < machines.size()) {
      var spare = machines.stream().sorted(spareFirst()).limit(machines.size() - count).toList();
      return fleet.each(what, spare, this::destroy, false);
    }
    var model = model(machines);
    var copies = new ArrayList<Machine>();
    for (int i = machines.size(); i < count; i++) {
      copies.add(model);
    }
    return fleet.each(what, copies, this::create, false);
  }

  private static MachineChange unchanged(Machine machine) {
    var state = machine.state().value();
    return new MachineChange(
        machine.id(), Outcome.UNCHANGED, state, null, machine.instanceId(), "", Duration.ZERO);
  }

  // What does not run, then what is not healthy, then the newest.
  private static Comparator<Machine> spareFirst() {
    return Comparator.comparing((Machine one) -> one.state().equals(MachineState.STARTED))
        .thenComparing(one -> one.healthy().orElse(false))
        .thenComparing(Machine::id, Comparator.reverseOrder());
  }

  private Machine model(List<Machine> machines) {
    return machines.stream()
        .filter(one -> one.state().equals(MachineState.STARTED))
        .filter(one -> one.hostStatus().equals("ok"))
        .filter(one -> one.healthy().orElse(false))
        .findFirst()
        .orElseThrow(
            () ->
                fleet.refused(
                    "has no healthy machine to make more of",
                    "cure one first, or roll back: copies of a sick one are sick"));
  }

  private MachineChange create(Machine model) {
    return create(model, model.region(), UUID.randomUUID().toString());
  }

  /** Makes a copy that carries a mark, by which it is found again if the answer is lost. */
  MachineChange create(Machine model, String region, String mark) {
    long begun = calls.time().ticker().nanos();
    var limit = calls.limit(calls.limits().whole());
    var made = made(model, region, mark, limit);
    try (var lease = Lease.acquire(calls, made.id(), limit)) {
      var wanted = new Wanted(config -> config, model.image(), null, null, false);
      var watch =
          new MachineWatch(calls, lease::refreshIfDue, Was.of(made), made.instanceId(), wanted);
      return change(watch.await(true, limit), "new", "started", begun);
    } catch (OpsException e) {
      throw FlyErrors.afterWrite(e, made.id());
    }
  }

  private Machine made(Machine model, String region, String mark, Deadline limit) {
    var config = MachineGuards.check(model, model).withMetadata(MARK, mark);
    var body = new LinkedHashMap<String, Object>();
    body.put("config", config.map());
    body.put("region", region);
    var request =
        HttpRequest.post("machine.create", calls.machinePath())
            .json(body)
            .callTimeout(Duration.ofSeconds(30));
    try {
      return new FlyMachines(calls)
          .machine(calls.object("machine.create", calls.app(), request, limit), "machine.create");
    } catch (OpsException e) {
      if (!e.outcomeUnknown()) {
        throw e;
      }
      return found(mark, e);
    }
  }

  // There is no key for trying again: a machine with our mark is the one that was made.
  private Machine found(String mark, OpsException lost) {
    boolean looked = false;
    for (int look = 1; look <= LOOKS && calls.time().await(BETWEEN_LOOKS); look++) {
      var marked = marked(mark, lost);
      looked = true;
      if (marked.isPresent()) {
        return marked.get();
      }
    }
    if (!looked) {
      throw lost; // interrupted before the first look: open, and the flag is set
    }
    // Nobody says how long a create can stay invisible that was asked for and not answered.
    throw lost instanceof FlyCapacityException
        ? FlyErrors.notMade(lost, "no machine was made, as far as the list shows")
        : FlyErrors.unseen(lost, mark);
  }

  private Optional<Machine> marked(String mark, OpsException lost) {
    try {
      return marked(mark, calls.time().deadline(LOOK));
    } catch (OpsException e) {
      lost.addSuppressed(e);
      throw lost; // it was not settled: the outcome stays open
    }
  }

  Optional<Machine> marked(String mark, Deadline limit) {
    return new FlyMachines(calls)
        .list(Map.of("metadata." + MARK, mark), limit).stream()
            .filter(one -> one.meta(MARK, "").equals(mark) && !one.state().gone())
            .findFirst();
  }

  MachineChange destroy(Machine machine) {
    var limit = calls.limit(DESTROY);
    try (var lease = Lease.acquire(calls, machine.id(), limit, FlyMachines.STOP_LIMIT)) {
      var now = new FlyMachines(calls).get(machine.id(), limit);
      MachineGuards.check(now, machine);
      if (!now.state().equals(machine.state())) {
        throw MachineGuards.refused(
            now, "was chosen because it was " + machine.state() + ", and is " + now.state());
      }
      return destroy(lease, now);
    }
  }

  /** Stops a machine, as it was read under its lease, and does away with it. */
  MachineChange destroy(Lease lease, Machine machine) {
    long begun = calls.time().ticker().nanos();
    MachineGuards.check(machine, machine);
    boolean runs = machine.state().equals(MachineState.STARTED);
    if (runs) {
      new FlyMachines(calls).stop(lease);
    }
    try {
      lease.refreshIfDue();
      var request =
          HttpRequest.delete("machine.destroy", calls.machinePath(machine.id()))
              .secretHeader(AppCalls.NONCE, lease.nonce())
              .idempotent()
              .accept(404);
      var limit = calls.limit(DESTROY);
      calls.api().send(FlyApi.machines("machine.destroy", machine.id(), request), limit);
      calls.shared().forgetMachines();
      return change(machine, machine.state().value(), "destroyed", begun);
    } catch (OpsException e) {
      throw runs ? FlyErrors.afterWrite(e, machine.id()) : e;
    }
  }

  private MachineChange change(Machine machine, String before, String after, long begun) {
    return new MachineChange(
        machine.id(),
        Outcome.CHANGED,
        before,
        after,
        machine.instanceId(),
        "",
        Duration.ofNanos(calls.time().ticker().nanos() - begun));
  }
}
