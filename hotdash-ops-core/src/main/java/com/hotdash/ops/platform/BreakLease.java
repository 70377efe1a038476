package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;

/**
 * Ends the lease that somebody else holds on a machine, such as a tool that died and left it. It
 * ends the lease that was shown and no other: if it has passed to somebody else, nothing is done.
 * Cannot be undone. Thread-safe.
 */
public final class BreakLease extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.break-lease";

  // A lease is gone at once; somebody who lives takes a new one within seconds (flyctl: 4 s).
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(1));

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; leases can be broken if it is a {@link Platform}
   */
  public BreakLease(PlatformReader reader) {
    super(reader, ID, Effect.IRREVERSIBLE);
  }

  @Override
  PlatformSymptom stands(Proposal proposal) {
    return new LeaseSymptom(proposal);
  }

  @Override
  Patience least(Proposal proposal) {
    return PATIENCE;
  }

  /**
   * Finds out who holds a machine's lease. Reads only.
   *
   * @param machine the machine's id
   * @param deadline when to stop looking
   * @return the change, with no step if nobody holds one; or why it could not look
   */
  public Reading<Proposal> propose(String machine, Deadline deadline) {
    return propose(deadline, (draft, look) -> draft(machine, draft, look));
  }

  private static Reading<ChangeDraft> draft(String id, ChangeDraft draft, PlatformLook look) {
    if (draft.machine(id) == null) {
      return draft.drafted("no machine");
    }
    var leases = look.leases(List.of(id));
    var read = leases.toOptional().orElse(null);
    if (read == null) {
      return Reading.unread(leases.obstacle().orElseThrow());
    }
    if (read.isEmpty()) {
      return draft.note("Nobody holds a lease on machine " + id + ".").drafted("no lease");
    }
    var lease = read.get(0);
    var until = lease.until();
    if (until != null && !until.isAfter(draft.seenAt().plus(LeaseSteps.WAITED))) {
      draft.object(
          "ends-by-itself",
          "it ends at " + until + ", unless " + lease.holder() + " is alive and prolongs it",
          "wait, and plan again; if it is still there, somebody is at work: stop that first");
    }
    return draft
        .step(LeaseSteps.breaking(lease))
        .note("Held by " + lease.held() + ".")
        .note("Its holder believes to be alone with the machine: ask them first if you can.")
        .note("What they began stays as it is, half done perhaps; a tool that lives goes on.")
        .drafted("lease of " + lease.holder() + " on machine " + id + " ends");
  }
}
