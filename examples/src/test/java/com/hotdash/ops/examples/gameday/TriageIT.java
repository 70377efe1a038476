package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.HashMap;
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
      try (var ops =
          RunbookProcedures.builder()
              .environment(Environment.of(variables))
              .metricsWindow(Duration.ofSeconds(1))
              .build()) {
        var report = ops.triage(RunbookProcedures.TRIAGE_WITHIN, soFar -> {});

        assertThat(report.verdict()).as(report.page().toString()).isEqualTo(Verdict.OK);
        assertThat(world.changes("*")).as("changed by looking").isZero();
      }
    }
  }
}
