package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.examples.gameday.LiveWorld;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The second incident on the command line and in jshell, on a simulated Fly in real time. */
@Execution(ExecutionMode.CONCURRENT)
class FlyIncidentIT {
  private static final String WHY = "--because=orders fail";

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

  /** That it cures is shown by the game day, in virtual time: it takes real minutes here. */
  @Test
  void diagnose_badRelease_showsThePlanAndARefusedOneChangesNothing() {
    var seen = run("diagnose", "2", "--within=7s");

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.out())
        .contains("[PROBLEM]", "a minute of release " + world.badRelease(), "deployment-117")
        .containsPattern("Next +read plan [0-9a-f]{16} below; the last line here applies it")
        .containsPattern("diagnose high-error-rate --apply=[0-9a-f]{16} --by=");
    assertThat(seen.err()).isEmpty();
    var stale = run("diagnose", "R2", "--within=7s", "--apply=0123456789abcdef", "--by=sam", WHY);
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.err()).startsWith("REFUSED: ");
    assertThat(world.changes("*")).as("changed by looking and planning").isZero();
  }

  /** A Java line cannot be typed in a shell. */
  @Test
  void triage_badRelease_namesTheCommandThatLeadsOn() {
    var ran = run("triage", "--within=7s");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern("Next +(hotdash-ops|java -jar \\S+) diagnose high-error-rate\n")
        .doesNotContainPattern("Next +ops\\.");
    assertThat(ran.out().strip().lines())
        .last()
        .asString()
        .matches(" +(hotdash-ops|java -jar \\S+) diagnose high-error-rate");
    var told = ran.err().lines().toList();
    assertThat(told).isNotEmpty().allMatch(line -> line.startsWith("so far: "));
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i)).as("told again").isNotEqualTo(told.get(i - 1));
    }
    assertThat(world.changes("*")).isZero();
  }

  @Test
  void check_flyCredentials_areToldAsFarAsReadingCanTell() {
    var ran = run("check", "--json");

    assertThat(ran.json().findValuesAsText("credential")).anyMatch(name -> name.contains("FLY"));
    assertThat(world.changes("*")).isZero();
  }

  @Test
  void jshell_diagnoseAndPlan_showWholePagesAndChangeNothing()
      throws IOException, InterruptedException {
    var typed =
        """
        ops.highErrorRate().diagnose(Duration.ofSeconds(7))
        ops.highErrorRate().rollBack().plan()
        FlyClient.from(Environment.system()).build().app("hotdash-production").status()
        /exit
        """;
    var ran = Finished.jshell(directory, variables, typed);

    assertThat(ran.out())
        .contains("[PROBLEM]", world.badRelease(), "deployment-117", "Fly app hotdash");
    assertThat(ran.err()).isEmpty();
    assertThat(secrets).noneMatch((ran.out() + ran.err())::contains);
    assertThat(world.changes("*")).isZero();
  }

  @Test
  void diagnose_flyUnreachable_isUnknown() {
    variables.remove("HOTDASH_OPS_APP_URL");
    variables.replaceAll((name, value) -> value.startsWith("http") ? closed(value) : value);

    var ran = run("diagnose", "R2", "--within=7s");

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
