package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.util.List;

/** The eyes of the runbook on a platform. It changes nothing. Implementations are thread-safe. */
public interface PlatformReader {
  /**
   * Tells which application this is, from configuration alone.
   *
   * @return the application's name on the platform
   */
  Estate.Part identity();

  /**
   * Returns what takes this platform's credentials out of texts. Default: it knows their shapes
   * only.
   *
   * @return the redactor
   */
  default Redactor redactor() {
    return Redactor.SHAPES;
  }

  /**
   * Begins one look. Nothing is sent before the first reading is asked for.
   *
   * @param deadline when all readings of this look must have ended
   * @return the look; the caller closes it
   */
  PlatformLook look(Deadline deadline);

  /**
   * Tells how a person makes a step with the platform's own tool.
   *
   * @param step one of {@link MachineSteps}
   * @return the command
   */
  String byHand(Step step);

  /**
   * Tells which sizes machines can have, so that a wrong one is refused before anything is sent.
   * Default: nobody knows.
   *
   * @return one rule for each kind of cpu; none if nobody knows
   */
  default List<GuestRule> guestRules() {
    return List.of();
  }
}
