package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The plans for what a diagnosis recommends and the library can do. */
final class Remedies {
  private Remedies() {}

  /**
   * Plans each. Reads only. A remedy that cannot be planned, such as for want of a new secret's
   * value, keeps neither the diagnosis nor the others from being shown.
   *
   * @param note hears why one could not be planned
   * @return one for each other recommendation, best first; one without steps says why it has none
   */
  static List<Plan> plans(Diagnosis diagnosis, RunbookProcedures ops, Consumer<String> note) {
    return diagnosis.recommendations().stream()
        .map(Recommendation::remedy)
        .filter(Objects::nonNull)
        .distinct()
        .flatMap(remedy -> plan(remedy, ops, note).stream())
        .toList();
  }

  private static Optional<Plan> plan(Remedy remedy, RunbookProcedures ops, Consumer<String> note) {
    try {
      return Optional.of(ops.resolution(remedy).plan());
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      note.accept(remedy.line() + " could not be planned. " + e.getMessage());
      return Optional.empty();
    }
  }
}
