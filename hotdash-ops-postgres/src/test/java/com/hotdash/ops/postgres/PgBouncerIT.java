package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.LockChain;
import com.hotdash.ops.testkit.postgres.PgBouncer;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything through a real PgBouncer in transaction mode. Where it is not installed, all of it is
 * skipped, which the test report counts and says why.
 */
class PgBouncerIT {
  private static PgServer server;
  private static Hotdash hotdash;
  private static PgBouncer pooler;

  @BeforeAll
  static void startPooler() {
    assumeTrue(
        PgBouncer.program().isPresent(), "PgBouncer is not installed: apt-get install pgbouncer");
    server = PgServer.builder().setting("shared_preload_libraries", "pg_stat_statements").start();
    hotdash = server.createHotdash();
    hotdash.database().sql("create extension pg_stat_statements");
    pooler = PgBouncer.start(hotdash);
  }

  @AfterAll
  static void stopPooler() {
    if (pooler != null) {
      pooler.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void snapshot_throughThePooler_readsEverything() {
    try (var diagnostics = Servers.at(pooler.url(hotdash.ops()))) {
      var snapshot = diagnostics.snapshot();

      assertThat(snapshot.notChecked()).isEmpty();
      assertThat(snapshot.capacity().toOptional()).isPresent();
      assertThat(snapshot.indexes().toOptional()).isPresent();
    }
  }

  @Test
  void locks_throughThePooler_areTheServersOwn() {
    try (var chain = LockChain.start(hotdash.app(), 3);
        var diagnostics = Servers.at(pooler.url(hotdash.ops()))) {
      var locks = diagnostics.locks();

      assertThat(locks.waiters()).hasSize(2);
      assertThat(locks.forest().roots())
          .singleElement()
          .satisfies(root -> assertThat(root.pid()).isEqualTo(chain.rootPid()));
    }
  }

  @Test
  void slowQueries_throughThePooler_areCountedAndPlannedByNobody() {
    try (var app = Clients.open(hotdash.app(), "app")) {
      try (var diagnostics =
          Servers.waitingBy(
              pooler.url(hotdash.ops()), () -> app.run("select 1, 2, 3, pg_sleep(0.05)"))) {
        var found = diagnostics.slowQueries(3, StatementOrder.TOTAL);

        assertThat(found.interval().get(0).query()).isEqualTo("select $1, $2, $3, pg_sleep($4)");
        assertThat(found.interval().get(0).calls()).isEqualTo(1);
      }
    }
  }

  /** Named statements of one client would meet those of another on the same server connection. */
  @Test
  void snapshot_manyClientsOnFewServerConnections_noStatementIsMissingOrThereAlready()
      throws Exception {
    var clients = Executors.newFixedThreadPool(2 * PgBouncer.POOL);
    try (var diagnostics = Servers.at(pooler.url(hotdash.ops()))) {
      var work = new ArrayList<Callable<Snapshot>>();
      for (int i = 0; i < 4 * PgBouncer.POOL; i++) {
        work.add(diagnostics::snapshot);
      }
      for (var each : clients.invokeAll(work)) {
        assertThat(each.get().notChecked()).isEmpty();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  /** What was set for one reading must not be met by the next client. */
  @Test
  void snapshot_throughThePooler_leavesNoSettingBehind() {
    try (var diagnostics = Servers.at(pooler.url(hotdash.app()))) {
      diagnostics.snapshot();
    }
    try (var client = Clients.open(pooler.urlThatTellsNothing(hotdash.app()), "next")) {
      assertThat(client.text("show statement_timeout")).isEqualTo("0");
      assertThat(client.text("show lock_timeout")).isEqualTo("0");
      assertThat(client.text("show default_transaction_read_only")).isEqualTo("off");
      assertThat(client.text("show search_path")).contains("public");
    }
  }

  @Test
  void advisoryLocks_throughThePooler_areRefused() {
    try (var diagnostics = Servers.at(pooler.url(hotdash.ops()))) {
      assertThatThrownBy(diagnostics::advisoryLocks)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("DIRECT_URL");
    }
  }

  /** The address does not tell, but the server's process id does (facts/postgres.md §0). */
  @Test
  void advisoryLocks_poolerThatTheAddressHides_areRefusedAndLeaveNoLock() {
    try (var diagnostics = Servers.at(pooler.urlThatTellsNothing(hotdash.ops()))) {
      var locks = diagnostics.advisoryLocks();

      assertThatThrownBy(() -> locks.tryAcquire("hotdash", "me"))
          .isInstanceOf(PgException.class)
          .hasMessageContaining("pooler")
          .hasMessageContaining("DIRECT_URL");
      assertThat(
              server
                  .superuser()
                  .number("select count(*) from pg_locks where locktype = 'advisory'"))
          .isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void guard_throughThePooler_isRefused(boolean told) {
    var url = told ? pooler.url(hotdash.ops()) : pooler.urlThatTellsNothing(hotdash.ops());
    try (var guarded =
        PgDiagnostics.builder()
            .databaseUrl(Secret.of(url))
            .guardian()
            .callTimeout(Duration.ofSeconds(5))
            .build()) {
      assertThatThrownBy(guarded::guard)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("leads to a pooler");
    }
  }

  /** What a build sets for its session would be met by the next client, who finds no table then. */
  @Test
  void createIndex_poolerThatTheAddressHides_isRefusedAndSetsNothing() {
    var url = pooler.urlThatTellsNothing(hotdash.app());
    try (var diagnostics = Servers.at(url);
        var runbook = RunbookProcedures.builder().database(diagnostics.port()).build();
        var honest = Servers.as(hotdash.app());
        var direct = RunbookProcedures.builder().database(honest.port()).build();
        var control = diagnostics.control()) {
      var plan = runbook.database().createIndex("orders", "status").plan();
      var step = direct.database().createIndex("orders", "status").plan().steps().get(0);

      var outcome = control.make(step, Time.SYSTEM.deadline(Duration.ofSeconds(10)));

      assertThat(ChangeScene.objections(plan)).contains("no-session-address");
      assertThat(outcome.toString()).contains("nothing was sent", "leads to a pooler");
      assertThat(
              diagnostics
                  .schema()
                  .plan("select 1", Time.SYSTEM.deadline(Duration.ofSeconds(10)))
                  .obstacle()
                  .orElseThrow()
                  .detail())
          .isEqualTo("not planned through a pooler");
    }
    try (var client = Clients.open(url, "next")) {
      assertThat(client.text("show search_path")).contains("public");
      assertThat(client.text("show lock_timeout")).isEqualTo("0");
    }
  }
}
