package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.PgServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarIT {
  @TempDir private Path directory;

  @Test
  void jar_holdsTheCommandLineAndNothingElseOfTheExamples() throws IOException {
    try (var jar = new JarFile(Finished.jar().toFile())) {
      var names = jar.stream().map(entry -> entry.getName()).toList();

      assertThat(names)
          .contains(
              "com/hotdash/ops/examples/cli/Ops.class",
              "META-INF/services/com.hotdash.ops.runbook.VendorModule")
          .noneMatch(name -> name.matches(".*(testkit|gameday|examples/host).*"))
          .noneMatch(name -> name.endsWith("module-info.class") || name.endsWith(".txz"));
    }
    assertThat(Finished.jar().toFile().length()).isLessThan(16_000_000);
  }

  @Test
  void jar_realServer_diagnosesAndCuresInProcessesOfItsOwn()
      throws IOException, InterruptedException {
    try (var server = PgServer.start()) {
      var hotdash = server.createHotdash();
      var variables =
          Map.of(
              "DATABASE_URL",
              hotdash.ops().url(),
              "HOTDASH_OPS_OPERATOR",
              "sam",
              "HOTDASH_OPS_JOURNAL",
              directory.resolve("journal.jsonl").toString());
      try (var fault = IdleInTransaction.start(hotdash.app(), 1)) {
        var digest = Ran.problem(variables).at("/plans/0/digest").asText();

        var seen = run(variables, "diagnose", "R4", "--json");
        var cured =
            run(
                variables,
                "diagnose",
                "R4",
                "--apply=" + digest,
                "--because=orders hang",
                "--hold=300ms");

        assertThat(seen.code()).isEqualTo(1);
        assertThat(new Ran(1, seen.out(), "").json().at("/plans/0/apply").asText())
            .contains("hotdash-ops.jar diagnose", "--apply=" + digest);
        assertThat(cured.code()).isZero();
        assertThat(cured.out()).contains("[PROBLEM]", "Plan " + digest, "[OVER]", "[CURED]");
        assertThat(seen.out() + seen.err() + cured.out() + cured.err())
            .doesNotContain(hotdash.ops().password().reveal());
        assertThat(server.superuser().column("select pid from pg_stat_activity"))
            .doesNotContain(Integer.toString(fault.holderPid()));
      }
    }
  }

  @Test
  void jar_noCommand_isUsage() throws IOException, InterruptedException {
    var ran = run(Map.of());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("hotdash-ops.jar --help");
  }

  private Finished run(Map<String, String> variables, String... args)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(Finished.jdk("java"), "-jar", Finished.jar().toString()));
    command.addAll(List.of(args));
    return Finished.run(directory, variables, "", command);
  }
}
