package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.examples.gameday.LiveWorld;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second incident on the command line and in jshell, on a simulated Fly in real time. */
class FlyIncidentIT {
  private static final Path WORKED = Path.of("jshell", "high-error-rate.jsh");

  private final LiveWorld world = new LiveWorld(Time.SYSTEM);
  private final Map<String, String> variables = new HashMap<>(world.variables());
  private final List<String> secrets =
      Stream.of("FLY_API_TOKEN", "HOTDASH_OPS_FLY_READ_TOKEN")
          .map(name -> variables.getOrDefault(name, "").replaceFirst("^FlyV1 ", ""))
          .toList();

  @TempDir private Path directory;

  @BeforeEach
  void journal() {
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void apply_afterDiagnosis_rollsBackAllAndVerifies() {
    var seen = run("diagnose", "2");

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.out())
        .contains("[PROBLEM]", "min after " + world.badRelease(), "deployment-117");
    assertThat(seen.err()).isEmpty();
    assertThat(world.changes("*")).as("changed by looking and planning").isZero();
    var digest = seen.out().replaceFirst("(?s).*--apply=([0-9a-f]{16}).*", "$1");
    var stale =
        run("diagnose", "R2", "--apply=0123456789abcdef", "--by=sam", "--because=orders fail");
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.err()).startsWith("REFUSED: ");
    assertThat(world.changes("*")).as("changed by a refused plan").isZero();

    var cured =
        run("diagnose", "R2", "--json", "--apply=" + digest, "--by=sam", "--because=orders fail");

    assertThat(cured.json().at("/execution/done").asInt()).as(cured.out()).isEqualTo(4);
    assertThat(cured.json().at("/verification/result").asText())
        .as(cured.json().at("/verification").toString())
        .isEqualTo("CURED");
    assertThat(cured.code()).isZero();
    assertThat(world.changes("machine.update")).isEqualTo(4);
    assertThat(run("pending").code()).isZero();
  }

  @Test
  void check_flyCredentials_areToldAsFarAsReadingCanTell() {
    var ran = run("check", "--json");

    assertThat(ran.json().findValuesAsText("credential")).anyMatch(name -> name.contains("FLY"));
    assertThat(world.changes("*")).isZero();
  }

  @Test
  void workedScript_needsFiveShortStatements() throws IOException {
    var statements =
        Files.readAllLines(WORKED).stream()
            .filter(line -> !line.startsWith("//") && !line.startsWith("/exit") && !line.isBlank())
            .toList();

    assertThat(statements).hasSizeLessThanOrEqualTo(5).allMatch(line -> line.length() <= 100);
  }

  @Test
  void jshell_diagnoseAndPlan_showWholePagesAndChangeNothing()
      throws IOException, InterruptedException {
    var typed =
        """
        ops.highErrorRate().diagnose()
        ops.highErrorRate().rollBack().plan()
        FlyClient.from(Environment.system()).build().app("hotdash-production").status()
        /exit
        """;
    var command = new ArrayList<>(List.of(Finished.jdk("jshell"), "--class-path"));
    command.add(Finished.jar().toString());
    command.addAll(List.of("--startup", "DEFAULT", "--startup"));
    command.addAll(List.of(Path.of("jshell", "ops.jsh").toString(), "--feedback", "ops"));

    var ran = Finished.run(directory, variables, typed, command);

    assertThat(ran.out()).contains("[PROBLEM]", world.badRelease(), "deployment-117", "FlyStatus");
    assertThat(ran.err()).isEmpty();
    assertThat(secrets).noneMatch((ran.out() + ran.err())::contains);
    assertThat(world.changes("*")).isZero();
  }

  @Test
  void diagnose_flyUnreachable_isUnknown() {
    variables.replaceAll((name, value) -> value.startsWith("http") ? closed(value) : value);

    var ran = run("diagnose", "R2");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("[UNKNOWN]");
  }

  private static String closed(String address) {
    var at = URI.create(address);
    return "http://127.0.0.1:1" + at.getPath();
  }

  private Ran run(String... args) {
    var ran = Ran.in(variables, args);
    assertThat(secrets).noneMatch((ran.out() + ran.err())::contains);
    return ran;
  }
}
