package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.resolution.PlanException;
import java.util.Objects;

/** What a diagnosis recommends and the library can do. */
final class Recommended {
  private Recommended() {}

  /**
   * @throws PlanException if a person must act, or nothing is to be done
   */
  static Remedy best(Diagnosis diagnosis) {
    return diagnosis.recommendations().stream()
        .map(Recommendation::remedy)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new PlanException(none(diagnosis)));
  }

  private static Fault none(Diagnosis diagnosis) {
    var incident = diagnosis.incident();
    var problem =
        "nothing to plan: "
            + incident.id()
            + " is "
            + diagnosis.verdict()
            + ", and recommends nothing that the library does";
    return Fault.of("runbook", "plan for " + incident.slug(), problem)
        .withNextStep(nextStep(diagnosis));
  }

  private static String nextStep(Diagnosis diagnosis) {
    if (!diagnosis.recommendations().isEmpty()) {
      var first = diagnosis.recommendations().get(0);
      return first.what() + (first.line().isBlank() ? "" : ": " + first.line());
    }
    return switch (diagnosis.verdict()) {
      case OK -> "ask ops.triage() which incident it is";
      case PROBLEM -> "read what is wrong, then tell people: ops.escalate(diagnosis)";
      case UNKNOWN ->
          diagnosis.notChecked().stream()
              .findFirst()
              .map(missing -> missing.remedy())
              .orElse("look again");
    };
  }
}
