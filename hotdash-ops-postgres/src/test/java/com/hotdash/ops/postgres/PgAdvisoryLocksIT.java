package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.resolution.Locks.Attempt;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.BadPeer;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgProxy;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PgAdvisoryLocksIT {
  private static final String APP = "app hotdash";

  private final Hotdash hotdash = Servers.of(18);
  private final PgDiagnostics one = diagnostics(Secret.of(hotdash.app().url()));
  private final PgDiagnostics other = diagnostics(Secret.of(hotdash.app().url()));

  private static PgDiagnostics diagnostics(Secret url) {
    return PgDiagnostics.builder().directUrl(url).build();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void tryAcquire_heldElsewhere_namesTheHolderUntilGivenBack() {
    try (var held = held(one, "sam")) {
      var attempt = other.advisoryLocks().tryAcquire(APP, "kim");

      assertThat(attempt).isInstanceOf(Attempt.HeldBy.class);
      assertThat(((Attempt.HeldBy) attempt).holder()).startsWith("sam (pid ");
      assertThat(held.stillHeld()).isTrue();
      held(other, "kim", "app another").close();
    }
    held(other, "kim").close();
  }

  @Test
  void stillHeld_connectionKilled_saysNoAndAnotherMayTakeIt() {
    try (var held = held(one, "sam with a name that is far longer than what a server keeps — ü")) {
      hotdash
          .server()
          .superuser()
          .number(
              "select count(pg_terminate_backend(pid, 5000)) from pg_locks"
                  + " where locktype = 'advisory'");

      assertThat(held.stillHeld()).isFalse();
      held(other, "kim").close();
    }
  }

  @Test
  void tryAcquire_twentyAtOnce_oneHasIt() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var tries =
          IntStream.range(0, 20)
              .<Callable<Attempt>>mapToObj(
                  i -> () -> (i % 2 == 0 ? one : other).advisoryLocks().tryAcquire(APP, "n" + i))
              .toList();
      int won = 0;
      for (var done : threads.invokeAll(tries)) {
        if (done.get() instanceof Attempt.Held held) {
          won++;
          // Given back only after all have tried.
          held.stillHeld();
          assertThat(won).isEqualTo(1);
        }
      }
      assertThat(won).isEqualTo(1);
    } finally {
      threads.shutdownNow();
      hotdash
          .server()
          .superuser()
          .number(
              "select count(pg_terminate_backend(pid, 5000)) from pg_locks"
                  + " where locktype = 'advisory'");
    }
  }

  @Test
  void tryAcquire_serverSilent_failsInTimeAndSaysWhy() {
    try (var silent = BadPeer.silent();
        var diagnostics =
            diagnostics(Secret.of("postgres://u:p4ssw0rd@127.0.0.1:" + silent.port() + "/db"))) {
      var locks = diagnostics.advisoryLocks();

      assertThatThrownBy(() -> locks.tryAcquire(APP, "sam"))
          .isInstanceOf(PgException.class)
          .hasMessageContaining("lock.acquire")
          .hasMessageNotContaining("p4ssw0rd");
    }
  }

  @Test
  void advisoryLocks_transactionPoolerOnly_saysWhatToSet() {
    try (var diagnostics =
        diagnostics(
            Secret.of("postgres://u.abc:p@aws-0-eu-west-1.pooler.supabase.com:6543/postgres"))) {
      assertThatThrownBy(diagnostics::advisoryLocks)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("DIRECT_URL");
    }
  }

  private static Attempt.Held held(PgDiagnostics diagnostics, String who) {
    return held(diagnostics, who, APP);
  }

  private static Attempt.Held held(PgDiagnostics diagnostics, String who, String resource) {
    return (Attempt.Held) diagnostics.advisoryLocks().tryAcquire(resource, who);
  }

  /** An error would have the engine take the lock that stands by, and do the same work twice. */
  @ParameterizedTest
  @EnumSource(
      value = PgProxy.Failure.class,
      names = {"CUT", "SILENCE"})
  void tryAcquire_heldAndItsHolderCannotBeRead_isHeldAllTheSame(PgProxy.Failure failure) {
    try (var proxy = PgProxy.start(hotdash.server());
        var far = PgDiagnostics.builder().databaseUrl(Secret.of(proxy.url(hotdash.ops()))).build();
        var held = held(one, "sam")) {
      long before = proxy.statements();
      assertThat(far.advisoryLocks().tryAcquire(APP, "kim")).isInstanceOf(Attempt.HeldBy.class);
      // The holder's name is the last transaction: begin, query, commit.
      proxy.failStatement(Math.toIntExact(proxy.statements() - before) - 2, failure);

      var attempt = far.advisoryLocks().tryAcquire(APP, "kim");

      assertThat(attempt).isInstanceOf(Attempt.HeldBy.class);
      assertThat(((Attempt.HeldBy) attempt).holder()).contains("could not be read");
      assertThat(held.stillHeld()).isTrue();
    }
  }

  @Test
  void terminateIdle_anothersLock_isSpared() {
    try (var held = held(one, "sam");
        var third = Servers.as(hotdash.ops())) {
      var result = third.terminateIdle(Duration.ofNanos(1));

      assertThat(held.stillHeld()).isTrue();
      assertThat(result.spared())
          .extracting("sparedBecause")
          .contains("it is another runbook's lock, journal or guardian");
    }
  }
}
