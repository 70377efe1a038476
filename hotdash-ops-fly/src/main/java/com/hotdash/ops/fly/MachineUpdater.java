package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.fly.FlyUpdateFailedException.Kind;
import com.hotdash.ops.fly.MachineChange.Outcome;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes one machine: takes its lease, reads it whole, writes it whole on the condition that it is
 * still the version that was read, waits on the new version, and compares. The first write is the
 * only one: an answer that was lost is settled by looking.
 */
final class MachineUpdater {
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int LOOKS = 3;

  private final AppCalls calls;
  private final FlyMachines machines;

  MachineUpdater(AppCalls calls) {
    this.calls = calls;
    this.machines = new FlyMachines(calls);
  }

  /**
   * Changes a machine.
   *
   * @param seen the machine as the caller knows it: another version is refused
   * @return what became of it: changed, or unchanged if nothing had to be done
   * @throws FlyUpdateFailedException if it was changed, and is not as asked for
   */
  MachineChange update(Machine seen, Wanted wanted) {
    long begun = calls.time().ticker().nanos();
    var limit = calls.limit(calls.limits().whole());
    try (var lease = Lease.acquire(calls, seen.id(), limit, CALL)) {
      var before = settled(seen.id(), lease, limit);
      var config = MachineGuards.check(before, seen);
      var next = wanted.change().apply(config);
      if (!wanted.always() && next.equals(config) && wanted.metBy(before)) {
        return change(before, before, wanted, Outcome.UNCHANGED, begun);
      }
      boolean launch = before.state().launchedByUpdate();
      var version = write(before, next, launch, wanted, lease, limit);
      var watch = new MachineWatch(calls, lease::refreshIfDue, Was.of(before), version, wanted);
      var after = watched(watch, launch, limit);
      return change(before, after, wanted, Outcome.CHANGED, begun);
    }
  }

  private MachineChange change(
      Machine before, Machine after, Wanted wanted, Outcome outcome, long begun) {
    return new MachineChange(
        before.id(),
        outcome,
        wanted.of(before),
        wanted.of(after),
        after.instanceId(),
        "",
        Duration.ofNanos(calls.time().ticker().nanos() - begun));
  }

  static Machine watched(MachineWatch watch, boolean launch, Deadline limit) {
    try {
      return watch.await(launch, limit);
    } catch (OpsException e) {
      throw FlyErrors.afterWrite(e, watch.was().id());
    }
  }

  // Whether to launch is decided by the state: it must not be a passing one.
  private Machine settled(String id, Lease lease, Deadline limit) {
    var machine = machines.get(id, limit);
    if (!machine.state().passing()) {
      return machine;
    }
    new MachineWait(calls, id, machine.instanceId(), List.of())
        .awaitLeased(limit.within(SETTLE), lease::refreshIfDue);
    var again = machines.getKnown(id, limit);
    if (again.state().passing()) {
      throw new FlyPreconditionException(
          fault(id, "is " + again.state() + " and does not settle; nothing was changed")
              .withNextStep("wait, or look who is changing it"),
          0,
          "",
          null);
    }
    return again;
  }

  private String write(
      Machine before,
      MachineConfig next,
      boolean launch,
      Wanted wanted,
      Lease lease,
      Deadline limit) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("config", next.map());
    body.put("current_version", before.instanceId());
    body.put("region", before.region());
    body.put("skip_launch", !launch);
    if (wanted.minSecretsVersion() != null) {
      body.put("min_secrets_version", wanted.minSecretsVersion());
    }
    var request =
        HttpRequest.post("machine.update", calls.machinePath(before.id()))
            .json(body)
            .callTimeout(CALL)
            .secretHeader(AppCalls.NONCE, lease.nonce());
    lease.cover(CALL);
    try {
      var made = calls.object("machine.update", before.id(), request, limit);
      var version = made.text("instance_id", made.text("version", ""));
      return version.isEmpty() ? lost(before, wanted, lease, unreadable(before)) : version;
    } catch (OpsException e) {
      if (!e.outcomeUnknown()) {
        throw e;
      }
      return lost(before, wanted, lease, e);
    }
  }

  // We hold the lease, so a new version is ours if it is what we asked for.
  private String lost(Machine before, Wanted wanted, Lease lease, OpsException answer) {
    Machine now = null;
    for (int look = 1; look <= LOOKS && calls.time().await(BETWEEN_LOOKS); look++) {
      now = looked(before.id(), lease, answer);
      if (!now.instanceId().equals(before.instanceId())) {
        if (wanted.metBy(now)) {
          return now.instanceId();
        }
        throw new FlyConflictException(
            fault(before.id(), "lost its answer, and the machine is now something else: " + now)
                .asOutcomeUnknown(),
            0,
            "",
            answer);
      }
    }
    if (now == null) {
      throw answer; // interrupted before the first look: open, and the flag is set
    }
    var still = "machine %s still is version %s".formatted(before.id(), before.instanceId());
    // Nobody says how long an update can stay invisible that was asked for and not answered.
    throw answer instanceof FlyCapacityException
        ? FlyErrors.notMade(answer, still + ": not made")
        : FlyErrors.open(
            answer, still + ", which does not prove that it was not made", before.id());
  }

  private Machine looked(String id, Lease lease, OpsException answer) {
    try {
      lease.refreshIfDue();
      return machines.getKnown(id, calls.time().deadline(LOOK));
    } catch (OpsException e) {
      answer.addSuppressed(e);
      throw answer; // it was not settled: the outcome stays open
    }
  }

  private static FlyProtocolException unreadable(Machine before) {
    var problem = "was answered without a version";
    return new FlyProtocolException(fault(before.id(), problem).asOutcomeUnknown(), 200, "", null);
  }

  static Fault fault(String id, String problem) {
    return Fault.of("fly", "machine.update", "machine " + id + " " + problem);
  }

  static FlyUpdateFailedException failed(Kind kind, Machine now, String problem) {
    return new FlyUpdateFailedException(
        fault(now.id(), problem)
            .withNextStep("look at its events: app.machines().events(\"" + now.id() + "\", 20)"),
        kind,
        now);
  }
}
