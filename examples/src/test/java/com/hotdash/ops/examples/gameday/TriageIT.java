package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All incidents by one look at the whole simulated world. */
class TriageIT {
  @Test
  void triage_healthyWorld_isOkThroughout() {
    try (var server = PgServer.builder().start();
        var world = new LiveWorld(Time.SYSTEM, ignored -> "nothing")) {
      var hotdash = server.createHotdash();
      var variables = new HashMap<>(world.variables());
      variables.put("DATABASE_URL", hotdash.ops().url());
      try (var ops = ops(variables)) {
        var report = ops.triage(RunbookProcedures.TRIAGE_WITHIN, soFar -> {});

        assertThat(report.verdict()).as(report.page().toString()).isEqualTo(Verdict.OK);
        assertThat(world.changes("*")).as("changed by looking").isZero();
      }
    }
  }

  /** How long it takes is measured by the benchmark {@code triage}. */
  @Test
  void triage_allIncidentsNeedTheSame_asksForNothingTwice() {
    try (var server = PgServer.builder().start();
        var world = new LiveWorld(Time.SYSTEM, ignored -> "nothing")) {
      var variables = new HashMap<>(world.variables());
      variables.put("DATABASE_URL", server.createHotdash().ops().url());
      try (var ops = ops(variables)) {
        long began = System.nanoTime();
        ops.triage();
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();

        assertThat(world.asked())
            .as("GETs that were sent more than once")
            .filteredOn(asked -> asked.startsWith("GET") && !machine(asked) && !list(asked))
            .doesNotHaveDuplicates();
        // A list that is three seconds old is no news any more.
        assertThat(world.asked().stream().filter(TriageIT::list).count())
            .isBetween(1L, 2 + seconds / 3);
      }
    }
  }

  private static boolean list(String asked) {
    return asked.endsWith("/machines");
  }

  /** Each machine is asked at the same addresses, for its counters twice; a header tells which. */
  private static boolean machine(String asked) {
    return asked.endsWith("/metrics") || asked.endsWith("health");
  }

  private static RunbookProcedures ops(Map<String, String> variables) {
    return RunbookProcedures.builder()
        .environment(Environment.of(variables))
        .metricsWindow(Duration.ofSeconds(1))
        .build();
  }
}
