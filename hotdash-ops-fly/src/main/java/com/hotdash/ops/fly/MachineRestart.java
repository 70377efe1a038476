package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.fly.MachineChange.Outcome;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;

/** Restarts one machine that runs, once, and watches it until it is well again. */
record MachineRestart(AppCalls calls) {
  static final Duration CALL = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int LOOKS = 3;

  MachineChange restart(String id) {
    var limit = calls.limit(calls.limits().whole());
    try (var lease = Lease.acquire(calls, id, limit, CALL)) {
      return restart(lease, new FlyMachines(calls).get(id, limit));
    }
  }

  /** Restarts a machine as it was read under its lease. */
  MachineChange restart(Lease lease, Machine before) {
    long begun = calls.time().ticker().nanos();
    var limit = calls.limit(calls.limits().whole());
    // Restarting what is stopped starts it: with auto-stop that undoes a decision.
    MachineActs.requireState(before, MachineState.STARTED, "machine.restart");
    send(before, lease, limit);
    var watch =
        new MachineWatch(
            calls, lease::refreshIfDue, Was.of(before), before.instanceId(), Wanted.nothing());
    var after = MachineUpdater.watched(watch, true, limit);
    return new MachineChange(
        before.id(),
        Outcome.CHANGED,
        "started",
        "restarted",
        after.instanceId(),
        "",
        Duration.ofNanos(calls.time().ticker().nanos() - begun));
  }

  private void send(Machine before, Lease lease, Deadline limit) {
    var request =
        HttpRequest.post("machine.restart", calls.machinePath(before.id(), "restart"))
            // Not in the OpenAPI document; flyctl always sends it.
            .param("force_stop", "false")
            .callTimeout(CALL);
    lease.cover(CALL);
    try {
      calls.change("machine.restart", before.id(), request, lease.nonce(), limit);
    } catch (OpsException e) {
      if (!e.outcomeUnknown() || !happened(before, lease)) {
        throw e;
      }
    }
  }

  // A restart leaves events; asking for it again would reboot twice.
  private boolean happened(Machine before, Lease lease) {
    for (int look = 1; look <= LOOKS && calls.time().await(BETWEEN_LOOKS); look++) {
      lease.refreshIfDue();
      var now = new FlyMachines(calls).getKnown(before.id(), calls.time().deadline(LOOK));
      if (!newest(now).equals(newest(before)) || now.state().passing()) {
        return true;
      }
    }
    return false;
  }

  private static String newest(Machine machine) {
    return machine.events().isEmpty() ? "" : machine.events().get(0).id();
  }
}
