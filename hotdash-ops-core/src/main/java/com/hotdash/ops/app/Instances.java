package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.util.List;

/** Knows which machines run the application. Implementations are thread-safe. */
@FunctionalInterface
public interface Instances {
  /**
   * Lists the machines that run. Stopped ones are left out: to reach for one may start it. Never
   * throws.
   *
   * @param deadline when to stop looking
   * @return the machines, or why they are not known
   */
  Reading<List<Instance>> running(Deadline deadline);

  /**
   * Knows of no machine: all is asked through the front door, and every result says that it saw one
   * machine at most.
   *
   * @return such instances
   */
  static Instances single() {
    return of(List.of(Instance.FRONT_DOOR));
  }

  /**
   * Knows machines that somebody wrote down.
   *
   * @param machines the machines
   * @return such instances
   */
  static Instances of(List<Instance> machines) {
    var fixed = List.copyOf(machines);
    return deadline ->
        Reading.of(
            fixed, Evidence.of(fixed.size() + " machine(s)", "configuration", Time.SYSTEM.now()));
  }
}
