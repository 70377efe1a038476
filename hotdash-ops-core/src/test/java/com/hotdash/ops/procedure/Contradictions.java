package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** Of one look, no diagnosis advises what another one warns of. */
final class Contradictions {
  private Contradictions() {}

  static void none(List<Diagnosis> diagnoses, String when) {
    var problems = diagnoses.stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
    var warned =
        problems.stream()
            .flatMap(each -> each.contraindications().stream())
            .map(Contraindication::id)
            .collect(Collectors.toSet());

    for (var each : problems) {
      assertThat(each.recommendations().stream().map(Recommendation::id))
          .as("%s, warned of %s: %s", when, warned, each)
          .noneMatch(warned::contains);
    }
  }
}
