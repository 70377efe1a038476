package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.time.Deadline;

/**
 * Takes a sick machine out of rotation and leaves it running, so that it can be looked at; or puts
 * it in again. Thread-safe.
 */
public final class Cordon extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.cordon";

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   */
  public Cordon(PlatformReader reader) {
    super(reader, ID, Effect.REVERSIBLE);
  }

  /**
   * Finds out what that would come to. Reads only.
   *
   * @param machine the machine's id
   * @param out whether it shall be out of rotation
   * @param deadline when to stop looking
   * @return the change, with no step if it is so already; or why it could not look
   */
  public Reading<Proposal> propose(String machine, boolean out, Deadline deadline) {
    return propose(deadline, (draft, look) -> draft(machine, out, draft));
  }

  private static Reading<ChangeDraft> draft(String id, boolean out, ChangeDraft draft) {
    var machine = draft.machine(id);
    if (machine == null) {
      return draft.drafted("no machine");
    }
    if (machine.cordoned() == out) {
      draft.note("Machine " + id + " is " + (out ? "out of" : "in") + " rotation already.");
    } else {
      draft.step(MachineSteps.cordon(machine, out));
    }
    boolean others =
        draft.machines().healthy().stream()
            .anyMatch(
                each ->
                    !each.cordoned()
                        && each.group().equals(machine.group())
                        && !each.id().equals(id));
    if (out && !others) {
      draft.object(
          "last-healthy",
          "no other machine of its group is healthy and in rotation",
          "cure or add another one first: scaleCount(n)");
    }
    return out
        ? draft
            .note(
                "It gets no new requests and goes on running: look at it, then uncordon or destroy it.")
            .note("The next deploy may update it, or put it into rotation again.")
            .drafted("machine " + id + " goes out of rotation")
        : draft.drafted("machine " + id + " goes into rotation");
  }
}
