package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.postgres.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The scripts in the real jshell of the JDK that runs the tests. */
@Execution(ExecutionMode.CONCURRENT)
class JshellIT {
  private static final WorkedScript SCRIPT = new WorkedScript("database-connection-issues");
  private static final Path WORKED = SCRIPT.path();

  @TempDir private Path directory;

  @Test
  void workedScript_idleTransaction_isPlannedAndCuredByTheLinesItShows()
      throws IOException, InterruptedException {
    try (var server = PgServer.start()) {
      var hotdash = server.createHotdash();
      try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
        Ran.problem(Map.of("DATABASE_URL", hotdash.ops().url()));

        var planned = jshell(hotdash.ops().url(), "", WORKED);

        assertThat(planned.out()).contains("[PROBLEM]", "Plan ").doesNotContain("CURED");
        assertThat(fault.waiters())
            .extracting(Waiter::outcome)
            .containsOnly(Waiter.Outcome.WAITING);

        var ran = jshell(hotdash.ops().url(), SCRIPT.applyLines() + "/exit\n", WORKED);

        assertThat(ran.out()).contains("[PROBLEM]", "CURED: ");
        assertThat(ran.out() + ran.err()).doesNotContain(hotdash.ops().password().reveal());
        assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();
        assertThat(fault.waiters())
            .extracting(Waiter::outcome)
            .containsOnly(Waiter.Outcome.FINISHED);
      }
    }
  }

  @Test
  void workedScript_noDatabase_saysThatItCouldNotLook() throws IOException, InterruptedException {
    var ran = jshell("", "", WORKED);

    assertThat(ran.out()).contains("[UNKNOWN]").doesNotContain("CURED");
  }

  @Test
  void workedScript_nothingToDo_saysSo() throws IOException, InterruptedException {
    try (var server = PgServer.start()) {
      var url = server.createHotdash().ops().url();

      var ran = jshell(url, "", WORKED);

      assertThat(ran.out()).contains("[OK]", "No session matches");
    }
  }

  @Test
  void startup_typedStatement_showsTheWholePage() throws IOException, InterruptedException {
    var typed = "ops.databaseConnectionIssues().diagnose()\n/exit\n";

    var ran = jshell("", typed);

    assertThat(ran.out()).contains("[UNKNOWN]", "database locks: ");
    assertThat(ran.err()).isEmpty();
  }

  private Finished jshell(String databaseUrl, String typed, Path... scripts)
      throws IOException, InterruptedException {
    var variables =
        Map.of(
            "DATABASE_URL",
            databaseUrl,
            "HOTDASH_OPS_OPERATOR",
            "sam",
            "HOTDASH_OPS_JOURNAL",
            directory.resolve("journal.jsonl").toString());
    return Finished.jshell(directory, variables, typed, scripts);
  }
}
