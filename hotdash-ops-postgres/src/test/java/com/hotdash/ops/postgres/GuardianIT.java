package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.postgres.SlotExhaustion;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuardianIT {
  private static PgServer server;
  private static Hotdash hotdash;

  @BeforeAll
  static void startServer() {
    server = PgServer.builder().setting("max_connections", "12").start();
    hotdash = server.createHotdash();
    // Without it our role would get in by the reserved slots of version 16 and later.
    server.sql("revoke pg_use_reserved_connections from hotdash_ops");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void snapshot_noSlotLeft_answersOverTheGuardianOnly() {
    try (var guarded = guarded(hotdash.ops().url());
        var plain = Servers.as(hotdash.ops())) {
      guarded.guard();
      try (var full = SlotExhaustion.idle(hotdash.app())) {
        assertThat(full.pids()).isNotEmpty();
        var seen = guarded.snapshot();
        var unseen = plain.snapshot();

        assertThat(seen.capacity().toOptional().orElseThrow().free()).isZero();
        assertThat(seen.toString()).contains("CRITICAL", "no slot is left");
        assertThat(seen.locks().toOptional()).isPresent();
        assertThat(unseen.capacity().toOptional()).isEmpty();
        assertThat(unseen.toString()).contains("CRITICAL", "no connection", "slots");
        // The port's look, too: what it says of new connections comes from a try of its own.
        try (var look = guarded.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(5)))) {
          assertThat(look.sessions().toOptional()).isPresent();
          assertThat(look.connectivity().toOptional().orElseThrow().probes())
              .allMatch(probe -> probe.failed().isPresent());
        }
      }
    }
  }

  @Test
  void guardian_serverRestarted_isReplaced() {
    try (var guarded = guarded(hotdash.ops().url())) {
      guarded.guard();
      server.restart();

      assertThat(guarded.snapshot().capacity().toOptional()).isPresent();
      assertThat(guarded.locks().waiters()).isEmpty();
    }
  }

  @Test
  void guardian_isOneConnectionAndGoesWithItsOwner() {
    try (var guarded = guarded(hotdash.ops().url())) {
      guarded.guard();
      guarded.locks();
      guarded.snapshot();

      assertThat(ours()).isEqualTo(1);
    }
    Servers.await("the end of the guardian", () -> ours() == 0);
  }

  private static long ours() {
    return server
        .superuser()
        .number("select count(*) from pg_stat_activity where usename = 'hotdash_ops'");
  }

  @Test
  void guard_poolersAddress_isRefusedAndKeepsNothing() {
    try (var guarded = guarded(hotdash.ops().url() + "?pgbouncer=true")) {
      assertThatThrownBy(guarded::guard)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("leads to a pooler")
          .hasMessageContaining("DIRECT_URL");
      Servers.await("the end of the connection", () -> ours() == 0);
    }
  }

  @Test
  void guard_notAskedFor_isRefused() {
    try (var plain = Servers.as(hotdash.ops())) {
      assertThatThrownBy(plain::guard)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("guardian()");
    }
  }

  @Test
  void poolAdvice_machinesAndOthers_givesTheSizeThatFits() {
    var url = hotdash.app().url() + "?connection_limit=10";
    try (var diagnostics = Servers.at(url);
        var other = Clients.open(hotdash.plain(), "other")) {
      assertThat(other.alive()).isTrue();
      var advice = diagnostics.poolAdvice(2, 10);

      // 12 - 3 for superusers are usable; 1 is held by another role; 3 are spare.
      assertThat(List.of(advice.usable(), advice.others(), advice.spare(), advice.room()))
          .containsExactly(9, 1, 3, 5);
      assertThat(advice.fits()).isFalse();
      assertThat(advice.largest()).isEqualTo(2);
      assertThat(advice.toString())
          .contains("TOO LARGE", "2 machines x 10 = 20 connections; room for 5")
          .contains("connection_limit=2 (now 10)", "DATABASE_POOL_SIZE=2");
      assertThat(diagnostics.poolAdvice(1, 5).fits()).isTrue();
      assertThat(diagnostics.poolAdvice(9, 1).toString()).contains("NO ROOM");
      assertThatThrownBy(() -> diagnostics.poolAdvice(0, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static PgDiagnostics guarded(String url) {
    return PgDiagnostics.builder().databaseUrl(Secret.of(url)).guardian().build();
  }

  /** What was wrong with one way says nothing of another one. */
  @Test
  void guard_directWayWorksOnlyLater_keepsItThen() {
    server.sql("alter role hotdash_ops nologin");
    try (var guarded =
        PgDiagnostics.builder()
            .directUrl(Secret.of(hotdash.ops().url()))
            .databaseUrl(Secret.of(hotdash.app().url() + "?pgbouncer=true"))
            .guardian()
            .build()) {
      assertThatThrownBy(guarded::guard).hasMessageContaining("leads to a pooler");
      server.sql("alter role hotdash_ops login");

      guarded.guard();

      assertThat(ours()).isEqualTo(1);
    } finally {
      server.sql("alter role hotdash_ops login");
    }
  }

  /** A journal keeps its connection: it must not be the one that is kept for the worst hour. */
  @Test
  void guardian_journalInTheTable_leavesItToTheLooks() {
    try (var guarded = guarded(hotdash.app().url());
        var journal = guarded.journal()) {
      guarded.guard();
      journal.create();
      assertThat(journal.entries()).isEmpty();
      try (var full = SlotExhaustion.idle(hotdash.plain())) {
        assertThat(full.pids()).isNotEmpty();
        assertThat(guarded.snapshot().capacity().toOptional()).isPresent();
      }
    }
  }

  /** 53300 comes at the limit of the database too, however many slots the server has. */
  @Test
  void databasesOwnLimit_reached_countsBeforeTheServers() {
    server.sql("alter database hotdash connection limit 2");
    try (var first = Clients.open(hotdash.app(), "web");
        var pg = Servers.as(hotdash.ops());
        var app = Servers.at(hotdash.app().url())) {
      assertThat(first.alive()).isTrue();
      assertThat(pg.snapshot().notes())
          .anySatisfy(
              note -> {
                assertThat(note.severity()).isEqualTo(Severity.CRITICAL);
                assertThat(note.text())
                    .isEqualTo("database hotdash has 2 of its own 2 connections");
              });
      assertThat(app.poolAdvice(1, 2).usable()).isEqualTo(2);
      assertThat(app.poolAdvice(1, 2).fits()).isFalse();
    } finally {
      server.sql("alter database hotdash connection limit -1");
    }
  }
}
