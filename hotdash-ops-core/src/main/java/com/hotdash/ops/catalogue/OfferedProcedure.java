package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Incident;
import java.util.List;
import java.util.Map;

/**
 * A diagnosis that the runbook can make, as data. It only reads, so that it can be made at any time
 * and as often as one likes.
 *
 * @param incident the incident that it judges
 * @param line the call that a person types
 * @param lines the ids of the runbook's lines that it answers
 */
public record OfferedProcedure(Incident incident, String line, List<String> lines) {
  /** Copies the list. */
  public OfferedProcedure {
    lines = List.copyOf(lines);
  }

  Map<String, Object> data() {
    return Map.of("incident", incident.slug(), "line", line, "lines", lines);
  }
}
