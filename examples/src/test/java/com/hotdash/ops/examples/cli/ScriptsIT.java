package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.examples.gameday.LiveWorld;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All worked scripts but the database's, in two jshells, on worlds in which a release fails. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptsIT {
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

  /** Each ends at the plan; a cure takes real minutes here and is played by the game day. */
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
          .doesNotContain("cannot find symbol", "NullPointerException", "[CURED]");
      assertThat(world.changes("*")).isZero();
    }
  }

  private static String all(List<String> names) {
    return names.stream()
        .map(name -> "System.out.println(\"=== " + name + "\")\n" + statements(name))
        .collect(Collectors.joining("", "", "/exit\n"));
  }

  /** Fly's log alone is read for ten seconds: a page each 1.5 s. What needs none of it is quick. */
  private static String statements(String name) {
    var within = "Duration.ofSeconds(" + (name.equals("high-error-rate") ? 7 : 3) + ")";
    try (var lines = Files.lines(Path.of("jshell", name + ".jsh"))) {
      return lines
          .map(line -> line.replace("diagnose()", "diagnose(" + within + ")"))
          .map(line -> line.replace("triage()", "triage(Duration.ofSeconds(7), soFar -> {})"))
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
