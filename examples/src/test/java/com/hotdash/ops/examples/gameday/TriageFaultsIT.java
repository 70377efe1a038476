package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All is well in this world, but for one way to look at it. */
@Execution(ExecutionMode.CONCURRENT)
class TriageFaultsIT {
  private static final Duration WITHIN = Duration.ofMillis(1500);

  /** A busy machine lets threads wait; the promise is the deadline and 250 ms. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final Map<String, WebFault> FAULTS =
      Map.of(
          "silence", WebFault.stall(),
          "an error", WebFault.instead(Answer.text(500, "text/plain", "oops")),
          "a login page", WebFault.instead(Answer.text(200, "text/html", "<html>log in</html>")),
          "nothing", WebFault.instead(Answer.empty(200)),
          "half of it", WebFault.cut());

  // Status pages are weak evidence, and images are looked at by plans only.
  private static final List<String> FACES =
      List.of("fly machines", "fly web", "github", "shopify", "application");

  private static PgServer server;
  private static Hotdash hotdash;

  @BeforeAll
  static void start() {
    server = PgServer.builder().start();
    hotdash = server.createHotdash();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<String> faces() {
    return FACES;
  }

  /** A world for each face, so that no fault meets another. */
  @ParameterizedTest
  @MethodSource("faces")
  void triage_oneFaceFails_isNeverOkAndEndsInTime(String face) {
    try (var world = quiet()) {
      var site = Objects.requireNonNull(world.faces().get(face));
      FAULTS.forEach(
          (how, fault) -> {
            site.fault("*", ".*", 10_000, fault);
            triage(world, hotdash.ops().url(), face + " answers " + how);
            site.clearFaults();
          });
    }
  }

  @Test
  void triage_databaseIsSilent_isNeverOkAndEndsInTime() {
    try (var world = quiet();
        var proxy = PgProxy.start(server)) {
      proxy.silence();
      triage(world, proxy.url(hotdash.ops()), "the database is silent");
      proxy.resume();
    }
  }

  private static LiveWorld quiet() {
    return new LiveWorld(Time.SYSTEM, ignored -> "nothing");
  }

  private static void triage(LiveWorld world, String database, String what) {
    var variables = new HashMap<>(world.variables());
    variables.put("DATABASE_URL", database);
    try (var ops =
        RunbookProcedures.builder()
            .environment(Environment.of(variables))
            .metricsWindow(Duration.ofMillis(200))
            .build()) {
      long began = System.nanoTime();
      var report = ops.triage(WITHIN, soFar -> {});
      var took = Duration.ofNanos(System.nanoTime() - began);

      assertThat(report.verdict()).as(what).isNotEqualTo(Verdict.OK);
      assertThat(report.notChecked()).as(what).isNotEmpty();
      assertThat(took).as(what).isLessThan(WITHIN.plus(SLACK));
    }
  }
}
