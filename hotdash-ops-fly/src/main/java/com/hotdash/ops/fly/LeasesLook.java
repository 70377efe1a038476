package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.MachineLease;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks who holds leases on some machines: one call each, since a list of machines tells neither
 * holder nor end ({@code facts/fly.md} §6, §8). A machine that is not answered about takes nothing
 * from what was seen of the others.
 */
record LeasesLook(AppCalls calls, Deadline deadline) {
  // Beside the plan, not instead of it.
  private static final Duration MOST = Duration.ofSeconds(4);

  Reading<List<MachineLease>> of(List<String> machines) {
    var limit = deadline.within(MOST);
    var held = new ArrayList<MachineLease>();
    var missed = new ArrayList<String>();
    OpsException last = null;
    for (var id : machines) {
      var failure = look(id, limit, held);
      if (failure != null) {
        last = failure;
        missed.add(id);
      }
    }
    if (last != null && missed.size() == machines.size()) {
      throw last;
    }
    var seen =
        Evidence.of(
            held.size() + " of " + machines.size() + " machines are leased",
            "Fly, app " + calls.app(),
            calls.time().now());
    return Reading.of(
        held,
        last == null
            ? seen
            : seen.withCoverage(
                "leases of %d of %d machines were not read, such as %s: %s"
                    .formatted(missed.size(), machines.size(), missed.get(0), last.problem())));
  }

  private @Nullable OpsException look(String id, Deadline limit, List<MachineLease> held) {
    try {
      HeldLease.look(calls, id, limit).map(HeldLease::lease).ifPresent(held::add);
      return null;
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      return e;
    }
  }
}
