package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.resolution.ExecutionRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** What happened when: what was measured, what changed nearby, and what was tried. */
final class Timeline {
  private Timeline() {}

  /** Something at a time, and where that was read. */
  record Event(Instant at, String what, String source) {}

  /** Lists them, oldest first; what two diagnoses tell alike, once. */
  static List<Event> of(List<Diagnosis> diagnoses, List<ExecutionRecord> tried) {
    var events = new LinkedHashSet<Event>();
    for (var diagnosis : diagnoses) {
      diagnosis.findings().stream()
          .map(Finding::evidence)
          .flatMap(Collection::stream)
          .map(Timeline::event)
          .forEach(events::add);
      diagnosis
          .changes()
          .forEach(change -> events.add(new Event(change.at(), change.toString(), "changes")));
    }
    tried.forEach(
        each ->
            events.add(
                new Event(
                    each.started().at(),
                    each.started().proposal().action()
                        + " on "
                        + each.started().proposal().target(),
                    "execution " + each.id())));
    return events.stream().sorted(Comparator.comparing(Event::at)).toList();
  }

  private static Event event(Evidence evidence) {
    var data = evidence.dataAt();
    return new Event(
        data == null ? evidence.observedAt() : data, evidence.value(), evidence.source());
  }
}
