package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.observation.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line that a diagnosis tells somebody to type must be one that can be typed. */
class RecommendationLinesTest {
  @Test
  void lines_ofAnyDiagnosis_canBeTyped() {
    assertThat(lines(true)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(lines(false))
        .hasSizeGreaterThanOrEqualTo(8)
        .allSatisfy(line -> assertThat(line).matches("(?s)select [^\n…]*;"));
    diagnoses().forEach(TypedLines::check);
  }

  private static Set<String> lines(boolean java) {
    return recommendations().stream()
        .map(Recommendation::line)
        .filter(line -> !line.isEmpty() && line.startsWith("ops.") == java)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Recommendation> recommendations() {
    return diagnoses().flatMap(each -> each.recommendations().stream()).toList();
  }

  private static Stream<Diagnosis> diagnoses() {
    return Scenarios.all().map(scenario -> diagnosis(scenario.database()));
  }

  private static Diagnosis diagnosis(SickDatabase sick) {
    try (var look = sick.look(sick.clock.time().deadline(Duration.ofSeconds(1)))) {
      var seen =
          Observation.at(sick.clock.now())
              .with(DatabaseLook.CONNECTIVITY, look.connectivity())
              .with(DatabaseLook.CAPACITY, look.capacity())
              .with(DatabaseLook.SESSIONS, look.sessions())
              .with(DatabaseLook.LOCKS, look.locks())
              .with(DatabaseLook.MODE, look.mode())
              .with(DatabaseLook.APPLICATION_POOL, look.applicationPool())
              .build();
      return new DatabaseConnectionProcedure(DatabaseThresholds.DEFAULT)
          .diagnose(seen, new Estate(null, List.of()));
    }
  }
}
