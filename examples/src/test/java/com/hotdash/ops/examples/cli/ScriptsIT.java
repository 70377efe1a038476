package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.examples.gameday.LiveWorld;
import com.hotdash.ops.examples.gameday.Troubles;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All worked scripts but the database's, in jshells on worlds in trouble. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptsIT {
  private static final String PATIENCE =
      "new Verification.Patience(Duration.ofSeconds(1), Duration.ofSeconds(40), Duration.ofMillis(500))";

  @TempDir private Path directory;

  static Stream<Arguments> worked() {
    return Stream.of(
        Arguments.of(
            List.of("triage", "high-error-rate", "memory-cpu-issues"),
            List.of("[PROBLEM]", "platform.roll-back", "Plan ")),
        Arguments.of(
            List.of(
                "slow-response-times",
                "deployment-failures",
                "shopify-api-errors",
                "health-check-failures",
                "secret-rotation-issues"),
            List.of("Deployment failures", "Shopify API errors", "Secret rotation issues")));
  }

  /** Each ends at the plan. */
  @ParameterizedTest
  @MethodSource("worked")
  void worked_eachDiagnosesAndNoneChangesAnything(List<String> names, List<String> shown)
      throws IOException, InterruptedException {
    try (var world = new LiveWorld(Time.SYSTEM)) {
      var variables = new HashMap<>(world.variables());
      variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
      variables.put("HOTDASH_OPS_OPERATOR", "sam");
      var all = Files.writeString(directory.resolve("all.jsh"), all(names));

      var ran = Finished.jshell(directory, variables, "", all);

      assertThat(ran.out().lines().filter(line -> line.startsWith("=== ")))
          .containsExactlyElementsOf(names.stream().map(name -> "=== " + name).toList());
      assertThat(ran.out())
          .contains(shown)
          .contains(world.badRelease())
          .doesNotContainPattern("(?m)^\\W*Error:")
          .doesNotContain("cannot find symbol", "NullPointerException", "CURED: ");
      assertThat(world.changes("*")).isZero();
    }
  }

  /** Applied by the very lines that each of them shows; the slow cures are the game day's. */
  @Test
  void worked_linesThatTheyShow_cure() throws IOException, InterruptedException {
    var names = List.of("shopify-api-errors", "health-check-failures", "deployment-failures");
    try (var world = Troubles.hungMachineAndFailedDeploy()) {
      var variables = new HashMap<>(world.variables());
      variables.put("HOTDASH_OPS_SHOPIFY_WEBHOOKS", Troubles.WEBHOOK);
      variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
      variables.put("HOTDASH_OPS_OPERATOR", "sam");
      var cured =
          names.stream()
              .map(WorkedScript::new)
              .map(each -> heading(each.name()) + quick(each.text()) + quick(each.applyLines()))
              .collect(Collectors.joining("", "", "/exit\n"));

      var ran =
          Finished.jshell(
              directory, variables, "", Files.writeString(directory.resolve("all.jsh"), cured));

      assertThat(ran.out().split("=== ", -1))
          .satisfiesExactly(
              before -> assertThat(before).isBlank(),
              shop -> assertThat(shop).contains("subscription.create ORDERS_CREATE", "CURED: "),
              health -> assertThat(health).contains("restart " + world.badRelease(), "CURED: "),
              deploy -> assertThat(deploy).contains("attempt 2, ended as success", "CURED: "));
      assertThat(world.changes("machine.restart")).isEqualTo(1);
    }
  }

  private static String all(List<String> names) {
    return names.stream()
        .map(WorkedScript::new)
        .map(each -> heading(each.name()) + quick(each.text()))
        .collect(Collectors.joining("", "", "/exit\n"));
  }

  private static String heading(String name) {
    return "System.out.println(\"=== " + name + "\")\n";
  }

  /** Fly's log alone is read for ten seconds: a page each 1.5 s. What needs none of it is quick. */
  private static String quick(String script) {
    var within = script.contains("highErrorRate") ? 7 : 3;
    return script
        .replace("diagnose()", "diagnose(Duration.ofSeconds(" + within + "))")
        .replace("triage()", "triage(Duration.ofSeconds(7), soFar -> {})")
        .replace("verify()", "verify(" + PATIENCE + ")");
  }
}
