package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;

/** Single acts on a machine, made once, whatever becomes of their answers. */
final class MachineActs {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private MachineActs() {}

  /** Sends an act; if its answer is lost, a machine that is there or on its way counts as acted. */
  static void once(
      AppCalls calls,
      Machine before,
      String operation,
      HttpRequest.Builder request,
      Deadline limit,
      MachineState to) {
    try {
      calls.change(operation, before.id(), request, null, limit);
    } catch (OpsException e) {
      if (!e.outcomeUnknown() && !arrived(e)) {
        throw e;
      }
      var now = new FlyMachines(calls).get(before.id(), calls.time().deadline(LOOK));
      boolean moving = now.state().passing() && !before.state().passing();
      if (!now.state().equals(to) && !moving) {
        throw FlyErrors.open(e, "machine %s is %s".formatted(now.id(), now.state()), now.id());
      }
    }
  }

  /** An act that may be repeated is still one that may have arrived, and may go through late. */
  private static boolean arrived(OpsException e) {
    if (e instanceof HttpUnreachableException unreachable) {
      return unreachable.kind() == HttpUnreachableException.Kind.TIMED_OUT
          || unreachable.kind() == HttpUnreachableException.Kind.CLOSED;
    }
    return e instanceof FlyException refused && refused.status() >= 500;
  }

  static void requireState(Machine machine, MachineState wanted, String operation) {
    if (!machine.state().equals(wanted)) {
      throw unlike(machine, fault(machine, wanted, operation));
    }
  }

  /** What was asked for and has not come about yet may still do so. */
  static void requireReached(Machine before, Machine after, MachineState to, String operation) {
    if (!after.state().equals(to)) {
      var fault = fault(after, to, operation);
      boolean open = after.state().passing() || after.state().equals(before.state());
      throw unlike(after, open ? fault.asOutcomeUnknown() : fault);
    }
  }

  private static Fault fault(Machine machine, MachineState wanted, String operation) {
    return Fault.of(
        "fly",
        operation,
        "machine %s is %s, not %s, after all the time that was given"
            .formatted(machine.id(), machine.state(), wanted));
  }

  private static FlyPreconditionException unlike(Machine machine, Fault fault) {
    var next = "look at its events: app.machines().events(\"" + machine.id() + "\", 20)";
    return new FlyPreconditionException(fault.withNextStep(next), 0, "", null);
  }

  /** Who holds a lease, without its nonce. */
  static String holder(Fields held, AppCalls calls) {
    var seconds = held.number("expires_at");
    var text =
        held.text("owner", "somebody")
            + (held.text("description", "").isEmpty()
                ? ""
                : " (" + held.text("description", "") + ")")
            + (seconds == null ? "" : " until " + Instant.ofEpochSecond(seconds));
    return Texts.line(calls.api().redactor().redact(text));
  }
}
