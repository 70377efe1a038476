package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.util.LinkedHashMap;
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
  private static final String ONE = "through the front door: at most one machine, not known which";

  static Machines of(Instances instances, Deadline deadline) {
    var reading = instances.running(deadline);
    if (reading instanceof Reading.Read<List<Instance>> read) {
      return of(read.value());
    }
    var why = reading.obstacle().map(Object::toString).orElse("");
    return new Machines(
        List.of(Instance.FRONT_DOOR), ONE + "; the machines could not be listed: " + why);
  }

  private static Machines of(List<Instance> listed) {
    var each = new LinkedHashMap<String, Instance>();
    listed.forEach(machine -> each.putIfAbsent(machine.id(), machine));
    var running = List.copyOf(each.values());
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

  /** Adds those that a later look found; a look that found none takes none away. */
  Machines joined(Machines later) {
    if (later.asked().stream().noneMatch(Instance::named)) {
      return this;
    }
    var each = new LinkedHashMap<String, Instance>();
    asked.forEach(machine -> each.put(machine.id(), machine));
    later.asked().forEach(machine -> each.putIfAbsent(machine.id(), machine));
    var all = List.copyOf(each.values());
    return new Machines(
        all.size() <= MOST ? all : List.copyOf(all.subList(0, MOST)),
        coverage == null ? later.coverage() : coverage);
  }
}
