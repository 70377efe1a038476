package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the first and the third incident must be one that can be typed. */
class SlowAndDeployLinesTest {
  private static final Pattern CALL =
      Pattern.compile("ops\\.(\\w+)\\(\\)\\.(\\w+)\\((.*?)\\)(\\.plan\\(\\))?");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  private static Stream<Recommendation> recommendations() {
    return Stream.concat(
            Arrays.stream(SlowScenarios.values()).map(each -> each.world().diagnose()),
            Arrays.stream(DeployScenarios.values()).map(each -> each.world().diagnose()))
        .flatMap(each -> each.recommendations().stream());
  }

  private static Set<String> lines(boolean java) {
    return recommendations()
        .map(Recommendation::line)
        .filter(line -> !line.isEmpty() && line.startsWith("ops.") == java)
        .collect(Collectors.toSet());
  }

  @Test
  void lines_ofDiagnoses_nameAnIncident() {
    var methods = Arrays.stream(Incident.values()).map(Incident::method).toList();

    assertThat(lines(true))
        .filteredOn(line -> line.endsWith(".diagnose()"))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(line -> assertThat(methods).contains(call(line).group(1)));
  }

  @Test
  void lines_ofChanges_areMethodsOfTheFacadeWithSoManyArguments() {
    var changes = lines(true).stream().filter(line -> line.endsWith(".plan()")).toList();

    assertThat(changes).hasSizeGreaterThanOrEqualTo(8);
    assertThat(changes)
        .allSatisfy(
            line -> {
              var found = call(line);
              var chapter = RunbookProcedures.class.getMethod(found.group(1)).getReturnType();
              assertThat(Arrays.stream(chapter.getMethods()))
                  .as(line)
                  .anyMatch(each -> takes(each, found.group(2), arguments(found.group(3))));
            });
  }

  private static boolean takes(Method method, String name, int arguments) {
    return method.getName().equals(name)
        && (method.isVarArgs()
            ? arguments >= method.getParameterCount()
            : arguments == method.getParameterCount());
  }

  /** How many arguments there are; a nested call is one. */
  private static int arguments(String between) {
    if (between.startsWith("WorkflowStart.of(")) {
      return 1;
    }
    var plain = TEXT.matcher(between).replaceAll("x");
    return plain.isBlank() ? 0 : plain.split(",", -1).length;
  }

  private static Matcher call(String line) {
    var found = CALL.matcher(line);
    assertThat(found.matches()).as(line).isTrue();
    return found;
  }

  @Test
  void lines_ofTheRollbackWorkflow_nameInputsThatItTakes() {
    var start =
        WorkflowStart.of("rollback-production.yml", "main")
            .with("reason", "bad deploy")
            .with("target_version", "v62");

    assertThat(start.inputs().keySet()).containsExactly("reason", "target_version");
    assertThat(lines(true))
        .contains(
            "ops.pipeline().startWorkflow(WorkflowStart.of(\"rollback-production.yml\","
                + " \"main\").with(\"reason\", \"bad deploy\").with(\"target_version\","
                + " \"v62\")).plan()");
  }

  @Test
  void lines_inSql_areOneStatementThatOnlyLooks() {
    assertThat(lines(false))
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("select ")
                    .endsWith(";")
                    .doesNotContain("…", "...", "\n"));
  }

  @Test
  void recommendations_ofAllScenarios_sayWhatAndWhy() {
    assertThat(List.copyOf(recommendations().toList()))
        .allSatisfy(each -> assertThat(each.what()).isNotBlank())
        .allSatisfy(each -> assertThat(each.because()).isNotBlank());
  }
}
