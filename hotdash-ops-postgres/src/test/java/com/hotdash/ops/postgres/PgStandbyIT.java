package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.FileLocks;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.BadPeer;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cure whose journal and locks live in a database, which answers or does not. */
class PgStandbyIT {
  private final Hotdash hotdash = Servers.of(18);

  @BeforeEach
  void settle() {
    Servers.settle(hotdash.server());
    hotdash.server().sql("drop schema if exists hotdash_ops cascade");
  }

  @Test
  void endSessions_storesInTheDatabase_areUsed(@TempDir Path directory) {
    try (var stores = stores(hotdash.server().superuserUrl());
        var journal = stores.journal().create();
        var client = client();
        var runbook = runbook(client, stores, journal, directory);
        var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var execution =
          runbook.databaseConnectionIssues().endSessions().plan().apply("checkout is down");

      assertThat(execution.notes()).isEmpty();
      assertThat(execution.verify().result()).isEqualTo(Result.CURED);
      assertThat(fault.awaitWaiters(Duration.ofSeconds(5))).isTrue();
      assertThat(journal.history(execution.proposal().target(), Instant.EPOCH)).hasSize(1);
      assertThat(directory.resolve("journal")).doesNotExist();
    }
  }

  @Test
  void endSessions_storesSilent_curesByWhatStandsByAndSaysSo(@TempDir Path directory) {
    try (var silent = BadPeer.silent();
        var stores = stores("postgres://u:p@127.0.0.1:" + silent.port() + "/db");
        var journal = stores.journal();
        var client = client();
        var runbook = runbook(client, stores, journal, directory);
        var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var execution =
          runbook.databaseConnectionIssues().endSessions().plan().apply("checkout is down");

      assertThat(execution.notes())
          .anyMatch(note -> note.contains("locked by what stands by"))
          .anyMatch(note -> note.contains("what else is pending there was not seen"));
      assertThat(execution.verify().result()).isEqualTo(Result.CURED);
      assertThat(fault.awaitWaiters(Duration.ofSeconds(5))).isTrue();
      assertThat(directory.resolve("journal")).isNotEmptyFile();
    }
  }

  private PgDiagnostics client() {
    return PgDiagnostics.builder().directUrl(Secret.of(hotdash.ops().url())).build();
  }

  private static PgDiagnostics stores(String url) {
    return PgDiagnostics.builder().directUrl(Secret.of(url)).build();
  }

  private static RunbookProcedures runbook(
      PgDiagnostics client, PgDiagnostics stores, PgJournal journal, Path directory) {
    return RunbookProcedures.builder()
        .operator("sam")
        .database(client.port())
        .databaseThresholds(
            DatabaseThresholds.DEFAULT
                .withIdleInTransaction(Duration.ofMillis(300))
                .withLockWait(Duration.ZERO))
        .patience(
            new Patience(Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofMillis(100)))
        .journal(journal)
        .locks(stores.advisoryLocks())
        .standby(new FileJournal(directory.resolve("journal")), new FileLocks(directory))
        .build();
  }
}
