package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.observation.Observation;
import java.util.Set;

/**
 * Judges one incident: a pure function of one look at the world, so that all incidents can be
 * judged by the same look. Implementations are immutable and thread-safe.
 */
public interface Procedure {
  /**
   * Returns what it judges.
   *
   * @return the incident
   */
  Incident incident();

  /**
   * Returns the readings that it judges.
   *
   * @return their keys
   */
  Set<ReadingKey<?>> needs();

  /**
   * Judges one look at the world.
   *
   * @param seen the look; it may hold more than is needed
   * @param estate what the report is about
   * @return the diagnosis
   */
  Diagnosis diagnose(Observation seen, Estate estate);
}
