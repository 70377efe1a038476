package com.hotdash.ops.evidence;

import com.hotdash.ops.time.Deadline;
import java.util.Map;

/**
 * A trouble that can be measured again: the same predicate says that it is there before a change
 * and that it is gone after. Each measurement looks afresh.
 */
public interface Symptom {
  /**
   * Returns what must become true for the trouble to be over, such as {@code nobody waits behind
   * pid 4711}.
   *
   * @return the goal, as a clause
   */
  String goal();

  /**
   * Looks once.
   *
   * @param deadline when to stop looking
   * @return the measurement, or why there is none; its evidence tells when the data is from
   */
  Reading<Measurement> measure(Deadline deadline);

  /**
   * One look at a symptom.
   *
   * @param present whether the trouble is still there
   * @param summary what was seen, as a clause with numbers
   * @param figures the numbers, by name, for a plot
   */
  record Measurement(boolean present, String summary, Map<String, Double> figures) {
    /** Copies the figures. */
    public Measurement {
      figures = Map.copyOf(figures);
    }
  }
}
