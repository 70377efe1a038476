package com.hotdash.ops.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What exits and checks in order of time say. */
final class ProcessEvents {
  private static final int LOOP = 3;
  private static final Duration LOOP_WINDOW = Duration.ofMinutes(10);

  private ProcessEvents() {}

  static List<LogEvent> exits(List<LogEvent> events) {
    return events.stream()
        .filter(
            e -> e.signature() == Signature.EXIT || e.signature() == Signature.EXIT_NOT_RESTARTING)
        .toList();
  }

  static List<LogEvent> checkTransitions(List<LogEvent> events) {
    var state = new HashMap<String, Signature>();
    var changes = new ArrayList<LogEvent>();
    for (var event : events) {
      boolean check =
          event.signature() == Signature.CHECK_FAILED
              || event.signature() == Signature.CHECK_PASSING;
      if (check
          && state.put(event.machine() + "\n" + event.detail(), event.signature())
              != event.signature()) {
        changes.add(event);
      }
    }
    return List.copyOf(changes);
  }

  static List<String> crashLoops(List<LogEvent> events) {
    var byMachine =
        exits(events).stream()
            .filter(e -> !e.detail().equals("0") && !e.detail().equals("143"))
            .collect(Collectors.groupingBy(LogEvent::machine, TreeMap::new, Collectors.toList()));
    var loops = new ArrayList<String>();
    byMachine.forEach(
        (machine, ends) -> {
          for (int i = LOOP - 1; i < ends.size(); i++) {
            if (Duration.between(ends.get(i - LOOP + 1).at(), ends.get(i).at())
                    .compareTo(LOOP_WINDOW)
                <= 0) {
              loops.add(machine);
              return;
            }
          }
        });
    return List.copyOf(loops);
  }
}
