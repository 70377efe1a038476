package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.PgProxy.Failure;
import com.hotdash.ops.testkit.postgres.PgServer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection dies or falls silent at each statement of a diagnosis in turn. */
class FailingReadsIT {
  private static final Duration DEADLINE = Duration.ofMillis(800);

  private static PgServer server;
  private static Hotdash hotdash;

  @BeforeAll
  static void startServer() {
    server = PgServer.builder().start();
    hotdash = server.createHotdash();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void diagnose_healthyServerAndOneStatementCut_isNeverOk() {
    try (var proxy = PgProxy.start(server)) {
      long statements = statements(proxy);

      for (int n = 1; n <= statements; n++) {
        proxy.failStatement(n, Failure.CUT);
        assertNotOk(diagnose(proxy), n);
      }
    }
  }

  @Test
  void diagnose_healthyServerAndOneStatementUnanswered_isNeverOkAndEndsInTime() {
    try (var proxy = PgProxy.start(server)) {
      long statements = statements(proxy);

      // Every third: begin, read and end of a transaction are silent in the same way.
      for (int n = 2; n <= statements; n += 3) {
        proxy.failStatement(n, Failure.SILENCE);
        long start = System.nanoTime();
        var diagnosis = diagnose(proxy);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as("statement %d", n)
            .isLessThan(DEADLINE.plusMillis(250));
        assertNotOk(diagnosis, n);
        proxy.resume();
      }
    }
  }

  @Test
  void diagnose_sickServerAndOneStatementCut_keepsWhatItReadBefore() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 3);
        var proxy = PgProxy.start(server)) {
      assertThat(fault.pids()).isNotEmpty();
      long statements = statements(proxy);
      var whole = problems(diagnose(proxy));
      assertThat(whole).isNotEmpty();

      for (int n = 1; n <= statements; n++) {
        proxy.failStatement(n, Failure.CUT);
        var diagnosis = diagnose(proxy);
        assertNotOk(diagnosis, n);
        assertThat(whole).as("statement %d", n).containsAllEntriesOf(known(diagnosis, whole));
      }
    }
  }

  /** What a broken diagnosis still calls a problem, it must call so in the same words. */
  private static Map<String, Verdict> known(Diagnosis diagnosis, Map<String, Verdict> whole) {
    return problems(diagnosis).entrySet().stream()
        .filter(each -> whole.containsKey(each.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, Verdict> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.PROBLEM)
        .collect(Collectors.toMap(Finding::id, Finding::verdict, (a, b) -> a));
  }

  private static void assertNotOk(Diagnosis diagnosis, int statement) {
    assertThat(diagnosis.verdict())
        .as("statement %d: %s", statement, diagnosis)
        .isNotEqualTo(Verdict.OK);
    if (diagnosis.verdict() == Verdict.UNKNOWN) {
      assertThat(diagnosis.notChecked()).isNotEmpty();
    }
  }

  /**
   * Counts the round trips of one diagnosis that succeeds, after one that loads the classes. The
   * last is left out: it ends the transaction of the last reading, when all has been read.
   */
  private static long statements(PgProxy proxy) {
    diagnose(proxy);
    long before = proxy.statements();
    diagnose(proxy);
    return proxy.statements() - before - 1;
  }

  private static Diagnosis diagnose(PgProxy proxy) {
    try (var pg = PgDiagnostics.builder().databaseUrl(Secret.of(proxy.url(hotdash.ops()))).build();
        var ops =
            RunbookProcedures.builder()
                .database(pg.port())
                .databaseThresholds(DatabaseThresholds.DEFAULT.withLockWait(Duration.ZERO))
                .build()) {
      return ops.databaseConnectionIssues().diagnose(DEADLINE);
    }
  }
}
