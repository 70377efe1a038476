package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.runbook.AccessReport;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every line that a diagnosis tells somebody to type must be one that can be typed. */
class RecommendationLinesTest {
  private static final Pattern CALL =
      Pattern.compile("\\.([a-zA-Z]+)\\((\"(?:[^\"\\\\]|\\\\.)*\")?\\)");

  @Test
  void lines_inJava_areCallsThatTheFacadeHas() {
    var lines = lines(true);

    assertThat(lines).hasSizeGreaterThanOrEqualTo(5);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(typeOf(line))
                    .isIn(
                        line.endsWith(".plan()")
                            ? List.of(Plan.class)
                            : List.of(AccessReport.class, Diagnosis.class)));
  }

  @Test
  void remedies_ofAnyDiagnosis_areResolutionsThatTheFacadeHas() {
    try (var ops = RunbookProcedures.builder().database(new SickDatabase()).build()) {
      var remedies =
          recommendations().stream().map(Recommendation::remedy).filter(Objects::nonNull);

      assertThat(remedies.distinct())
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(remedy -> assertThat(ops.resolution(remedy)).isNotNull());
      assertThatThrownBy(
              () ->
                  ops.resolution(
                      Remedy.of(Incident.DATABASE_CONNECTION_ISSUES, "endIdle", "a", "b")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void lines_inSql_areOneStatementWithoutPlaceholders() {
    var lines = lines(false);

    assertThat(lines).hasSizeGreaterThanOrEqualTo(8);
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).endsWith(";").doesNotContain("…", "...", "\n"));
  }

  @Test
  void lines_inSql_onlyLookUnlessTheySetALimitOnARole() {
    assertThat(lines(false))
        .allSatisfy(line -> assertThat(line).matches("(?s)select .*|alter role .* set .*"));
  }

  private static Class<?> typeOf(String line) {
    Class<?> type = RunbookProcedures.class;
    var matcher = CALL.matcher(line).region("ops".length(), line.length());
    int end = "ops".length();
    while (matcher.lookingAt()) {
      var parameters = matcher.group(2) == null ? new Class<?>[0] : new Class<?>[] {String.class};
      try {
        type = type.getMethod(matcher.group(1), parameters).getReturnType();
      } catch (NoSuchMethodException e) {
        throw new AssertionError(line, e);
      }
      end = matcher.end();
      matcher.region(end, line.length());
    }
    assertThat(end).as("all of it is calls: %s", line).isEqualTo(line.length());
    return type;
  }

  private static Set<String> lines(boolean java) {
    return recommendations().stream()
        .map(Recommendation::line)
        .filter(line -> !line.isEmpty() && line.startsWith("ops.") == java)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Recommendation> recommendations() {
    var all = new ArrayList<Recommendation>();
    for (var scenario : Scenarios.all().toList()) {
      var sick = scenario.database();
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
        all.addAll(
            new DatabaseConnectionProcedure(DatabaseThresholds.DEFAULT)
                .diagnose(seen, new Estate(null, List.of()))
                .recommendations());
      }
    }
    return all;
  }
}
