package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.List;
import java.util.Objects;

/** The plans for what a diagnosis recommends and the library can do. */
final class Remedies {
  private Remedies() {}

  /**
   * Plans each. Reads only.
   *
   * @return one for each recommendation, best first; one without steps says why it has none
   */
  static List<Plan> plans(Diagnosis diagnosis, RunbookProcedures ops) {
    return diagnosis.recommendations().stream()
        .map(Recommendation::remedy)
        .filter(Objects::nonNull)
        .distinct()
        .map(remedy -> ops.resolution(remedy).plan())
        .toList();
  }
}
