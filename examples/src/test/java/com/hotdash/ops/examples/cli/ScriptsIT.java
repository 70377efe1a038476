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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All worked scripts but the database's in one jshell, on a world in which a release fails. */
class ScriptsIT {
  private static final List<String> ON_FLY =
      List.of(
          "triage",
          "slow-response-times",
          "high-error-rate",
          "deployment-failures",
          "shopify-api-errors",
          "memory-cpu-issues",
          "health-check-failures",
          "secret-rotation-issues");

  @TempDir private Path directory;

  /** Each ends at the plan; a cure takes real minutes here and is played by the game day. */
  @Test
  void worked_eachDiagnosesAndNoneChangesAnything() throws IOException, InterruptedException {
    try (var world = new LiveWorld(Time.SYSTEM)) {
      var variables = new HashMap<>(world.variables());
      variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
      variables.put("HOTDASH_OPS_OPERATOR", "sam");
      var all = Files.writeString(directory.resolve("all.jsh"), all());

      var ran =
          Finished.run(
              directory,
              variables,
              "",
              List.of(
                  Finished.jdk("jshell"),
                  "--class-path",
                  Finished.jar().toString(),
                  "--startup",
                  "DEFAULT",
                  "--startup",
                  Path.of("jshell", "ops.jsh").toString(),
                  "--feedback",
                  "ops",
                  all.toString()));

      assertThat(ran.out().lines().filter(line -> line.startsWith("=== ")))
          .containsExactlyElementsOf(ON_FLY.stream().map(name -> "=== " + name).toList());
      assertThat(ran.out())
          .contains("Deployment failures", "Shopify API errors", "Secret rotation issues")
          .contains("[PROBLEM]", world.badRelease(), "Plan ", "platform.roll-back")
          .doesNotContain("Error:", "cannot find symbol", "NullPointerException", "[CURED]");
      assertThat(world.changes("*")).isZero();
    }
  }

  private static String all() {
    return ON_FLY.stream()
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
