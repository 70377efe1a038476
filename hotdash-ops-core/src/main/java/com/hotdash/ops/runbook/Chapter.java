package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import java.time.Duration;

/** One incident of the runbook. Diagnosing only reads. Implementations are thread-safe. */
public interface Chapter {
  /** How long a diagnosis may take, unless said otherwise. */
  Duration WITHIN = Duration.ofSeconds(15);

  /**
   * Returns which incident it is.
   *
   * @return the incident
   */
  Incident incident();

  /**
   * Looks at the world and judges, within {@link #WITHIN}.
   *
   * @return the diagnosis; what could not be looked at is listed there
   */
  default Diagnosis diagnose() {
    return diagnose(WITHIN);
  }

  /**
   * Looks at the world and judges.
   *
   * @param within how long the look may take, more than zero
   * @return the diagnosis; what could not be looked at is listed there
   */
  Diagnosis diagnose(Duration within);
}
