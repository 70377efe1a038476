package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who else is at work on the machines that a change is about. One that ends while a control waits
 * for it is told, one that lasts longer is objected to.
 *
 * @param objections one for each lease that will be in the way
 * @param notes what else to know
 */
record ForeignLeases(List<Objection> objections, List<String> notes) {
  private static final int MOST_NAMED = 5;

  static ForeignLeases of(List<Step> steps, PlatformLook look, Instant now) {
    var machines =
        steps.stream()
            .map(Step::target)
            .filter(ForeignLeases::leasable)
            .map(MachineSteps::machine)
            .distinct()
            .toList();
    if (machines.isEmpty()) {
      return new ForeignLeases(List.of(), List.of());
    }
    var read = look.leases(machines);
    var notes = new ArrayList<String>();
    read.obstacle()
        // A platform that knows no leases has none to be told of.
        .filter(obstacle -> obstacle.why() != NotChecked.Why.NOT_CONFIGURED)
        .ifPresent(
            obstacle -> notes.add("Who else changes these machines was not read: " + obstacle));
    read.evidenceIfRead()
        .filter(evidence -> evidence.coverage() != null)
        .ifPresent(
            evidence -> notes.add("Who else changes these machines: " + evidence.coverage() + "."));
    var held = read.toOptional().orElse(List.of());
    held.stream()
        .filter(lease -> !lasts(lease, now))
        .limit(MOST_NAMED)
        .forEach(
            lease ->
                notes.add(
                    capital(lease)
                        + ": the change waits "
                        + LeaseSteps.WAITED.toSeconds()
                        + " s for it."));
    var objections =
        held.stream()
            .filter(lease -> lasts(lease, now))
            .limit(MOST_NAMED)
            .map(ForeignLeases::objection)
            .toList();
    return new ForeignLeases(objections, notes);
  }

  private static boolean leasable(Target target) {
    return target.kind().equals(MachineSteps.MACHINE) || target.kind().equals(MachineSteps.CONFIG);
  }

  private static boolean lasts(MachineLease lease, Instant now) {
    return lease.until() == null || lease.until().isAfter(now.plus(LeaseSteps.WAITED));
  }

  private static Objection objection(MachineLease lease) {
    return Objection.overridable(
        "leased",
        lease.toString(),
        "wait, or ask them; one that was left behind ends by ops.platform().breakLease(\""
            + lease.machine()
            + "\")");
  }

  private static String capital(MachineLease lease) {
    var text = lease.toString();
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
