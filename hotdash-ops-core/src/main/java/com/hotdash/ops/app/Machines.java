package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which machines are asked this time.
 *
 * @param asked at least one
 * @param coverage what that leaves out, or {@code null} if nothing
 */
record Machines(List<Instance> asked, @Nullable String coverage) {
  static final int MOST = 50;
  private static final String ONE = "through the front door: one machine seen, not known which";

  static Machines of(Instances instances, Deadline deadline) {
    var reading = instances.running(deadline);
    if (reading instanceof Reading.Read<List<Instance>> read) {
      return of(read.value());
    }
    var why = reading.obstacle().map(Object::toString).orElse("");
    return new Machines(
        List.of(Instance.FRONT_DOOR), ONE + "; the machines could not be listed: " + why);
  }

  private static Machines of(List<Instance> running) {
    if (running.isEmpty()) {
      return new Machines(List.of(Instance.FRONT_DOOR), ONE + "; no machine is said to run");
    }
    if (running.size() > MOST) {
      return new Machines(
          List.copyOf(running.subList(0, MOST)), MOST + " of " + running.size() + " machines");
    }
    return new Machines(
        List.copyOf(running), running.stream().allMatch(Instance::named) ? null : ONE);
  }
}
