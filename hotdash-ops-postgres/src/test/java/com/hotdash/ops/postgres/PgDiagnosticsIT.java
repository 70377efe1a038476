package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleFlood;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.SlotExhaustion;
import com.hotdash.ops.time.Time;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgDiagnosticsIT {
  private static final Duration AT_ONCE = Duration.ofNanos(1);

  private final Hotdash hotdash = Servers.of(18);

  @BeforeEach
  void settle() {
    Servers.settle(hotdash.server());
  }

  @Test
  void selectOne_bothAddresses_triesEachOnce() {
    try (var diagnostics = both(hotdash.ops().url(), hotdash.app().url())) {
      var test = diagnostics.selectOne();

      assertThat(test.ok()).isTrue();
      assertThat(test.probes()).extracting("name").containsExactly("DATABASE_URL", "DIRECT_URL");
      assertReadable(test);
    }
  }

  @Test
  void selectOne_wrongPassword_tellsWhatFailedAndDoesNotTryItAgain() {
    var wrong = hotdash.app().withPassword(Secret.of("wrong-password")).url();
    long before = hotdash.server().logCount("password authentication failed");
    try (var diagnostics = both(wrong, wrong)) {
      var test = diagnostics.selectOne();

      assertThat(test.ok()).isFalse();
      assertThat(test.toString()).contains("password refused").doesNotContain("wrong-password");
      assertThat(hotdash.server().logCount("password authentication failed")).isEqualTo(before + 1);
      assertReadable(test);
    }
  }

  @Test
  void connectionCount_countsClientsByStateUserAndApplication() {
    try (var scene = IdleInTransaction.start(hotdash.app(), 1);
        var flood = IdleFlood.start(hotdash.app(), "shop", 3);
        var diagnostics = Servers.as(hotdash.ops())) {
      settle();

      var count = diagnostics.connectionCount();

      assertThat(flood.pids()).hasSize(3);
      assertThat(scene.pids()).hasSize(2);
      assertThat(count.clientBackends()).isEqualTo(6);
      assertThat(count.byState())
          .containsEntry("idle", 3)
          .containsEntry("idle in transaction", 1)
          .containsEntry("active", 2);
      assertThat(count.byApplication()).containsEntry("shop", 3).containsEntry("hotdash-ops", 1);
      assertThat(count.byUser()).containsEntry("hotdash_app", 5);
      assertReadable(count);
    }
  }

  @Test
  void connectionCount_ordinaryRole_saysWhatItCannotSee() {
    try (var flood = IdleFlood.start(hotdash.app(), "shop", 3);
        var diagnostics = Servers.as(hotdash.plain())) {
      var count = diagnostics.connectionCount();

      assertThat(count.hidden()).isEqualTo(flood.pids().size());
      assertThat(count.toString()).contains("HIDDEN");
    }
  }

  @Test
  void maxConnections_subtractsWhatIsReserved() {
    try (var diagnostics = Servers.as(hotdash.ops())) {
      var max = diagnostics.maxConnections();

      assertThat(max.max()).isEqualTo(60);
      assertThat(max.reserved()).isEqualTo(3);
      assertThat(max.usable()).isEqualTo(57);
      assertThat(max.used()).isEqualTo(1);
      assertThat(max.free()).isEqualTo(56);
      assertReadable(max);
    }
  }

  @Test
  void activeQueries_waiters_nameTheirBlockers() {
    try (var pileUp = LockPileUp.start(hotdash.app(), 1);
        var diagnostics = Servers.as(hotdash.ops())) {
      var active = diagnostics.activeQueries();

      assertThat(active.queries())
          .filteredOn(query -> query.session().id().pid() == pileUp.alterPid())
          .singleElement()
          .satisfies(query -> assertThat(query.blockedBy()).containsExactly(pileUp.holderPid()));
      assertThat(active.queries()).hasSize(2);
      assertReadable(active);
    }
  }

  @Test
  void terminateIdle_sparesProtectedKindsAndEndsTheRest() {
    try (var pooler = IdleFlood.start(hotdash.app(), "Supavisor", 1);
        var flood = IdleFlood.start(hotdash.app(), "shop", 22);
        var busy = Clients.open(hotdash.app(), "shop");
        var diagnostics = Servers.as(hotdash.ops())) {
      busy.run("begin");

      var result = diagnostics.terminateIdle(AT_ONCE);

      assertThat(result.ended()).hasSize(20);
      assertThat(result.ended()).allSatisfy(s -> assertThat(flood.pids()).contains(s.id().pid()));
      assertThat(result.spared())
          .extracting(session -> session.id().pid())
          .containsExactlyElementsOf(pooler.pids());
      assertThat(result.beyondLimit()).isEqualTo(2);
      assertThat(busy.alive()).isTrue();
      assertReadable(result);
    }
  }

  @Test
  void terminateIdle_olderThanAnyIs_endsNone() {
    try (var flood = IdleFlood.start(hotdash.app(), "shop", 2);
        var diagnostics = Servers.as(hotdash.ops())) {
      assertThat(diagnostics.terminateIdle(Duration.ofHours(1)).sessions()).isEmpty();
      assertThat(diagnostics.connectionCount().byApplication())
          .containsEntry("shop", flood.pids().size());
    }
  }

  @Test
  void terminateIdle_roleMayNotSignalSome_endsTheOthers() {
    // The application's role sees and may end its own sessions only, and sees the ops role's with
    // pg_monitor.
    hotdash.server().sql("grant pg_monitor to hotdash_app");
    try (var foreign = IdleFlood.start(hotdash.ops(), "night shift", 1);
        var own = IdleFlood.start(hotdash.app(), "shop", 2);
        var diagnostics = Servers.as(hotdash.app())) {
      var result = diagnostics.terminateIdle(AT_ONCE);

      assertThat(result.ended())
          .extracting(session -> session.id().pid())
          .containsExactlyInAnyOrderElementsOf(own.pids());
      assertThat(result.spared())
          .singleElement()
          .satisfies(
              session -> {
                assertThat(session.id().pid()).isEqualTo(foreign.pids().get(0));
                assertThat(session.sparedBecause()).isNull();
                assertThat(session.outOfReach()).contains("may not signal");
              });
    } finally {
      hotdash.server().sql("revoke pg_monitor from hotdash_app");
    }
  }

  @Test
  void terminateIdleInTransaction_freesThoseThatWait() {
    try (var scene = IdleInTransaction.start(hotdash.app(), 2);
        var diagnostics = Servers.as(hotdash.ops())) {
      var result = diagnostics.terminateIdleInTransaction(AT_ONCE);

      assertThat(result.ended())
          .extracting(session -> session.id().pid())
          .containsExactly(scene.holderPid());
      assertThat(scene.awaitWaiters(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void terminateIdleInTransaction_oneReservedSlotLeft_works() {
    try (var server =
            Servers.builder(18)
                .setting("max_connections", "12")
                .setting("superuser_reserved_connections", "3")
                .setting("reserved_connections", "1")
                .start();
        var full = SlotExhaustion.leaked(server.createHotdash().app())) {
      var ops =
          server
              .database("hotdash")
              .createRole(
                  "night_shift",
                  Secret.of("awake"),
                  "pg_monitor",
                  "pg_signal_backend",
                  "pg_use_reserved_connections");
      try (var diagnostics = Servers.as(ops)) {
        Servers.settle(server);
        var max = diagnostics.maxConnections();
        assertThat(max.free()).isZero();
        assertThat(max.used()).isEqualTo(full.pids().size() + 1);
        // The one slot is free again when the server has seen the end of that connection.
        Servers.settle(server);

        var result = diagnostics.terminateIdleInTransaction(AT_ONCE);

        assertThat(result.ended()).hasSize(full.pids().size());
      }
    }
  }

  @Test
  void maxConnections_serverFull_throwsWithTheKindOfLimit() {
    try (var server = Servers.builder(18).setting("max_connections", "8").start();
        var full = SlotExhaustion.idle(server.createHotdash().app())) {
      assertThat(full.pids()).hasSize(5);
      var app = server.urlFor("hotdash_late", Secret.of("comes-late"), "hotdash");
      server.database("hotdash").createRole("hotdash_late", Secret.of("comes-late"));
      try (var diagnostics = Servers.at(app)) {
        var thrown =
            catchThrowableOfType(PgUnavailableException.class, diagnostics::maxConnections);

        assertThat(thrown.kind()).isEqualTo(FailureKind.ONLY_SUPERUSER_SLOTS_LEFT);
        assertThat(thrown.sqlState()).contains("53300");
        assertThat(thrown.operation().service()).isEqualTo("postgres");
        assertThat(thrown.nextStep()).isPresent();
      }
    }
  }

  @Test
  void look_directRefused_readsOverTheApplicationsAddressAndSaysSo() {
    var dead = "postgres://hotdash_ops:x@127.0.0.1:1/hotdash";
    try (var diagnostics = both(dead, hotdash.ops().url());
        var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(5)))) {
      var reading = look.capacity();

      assertThat(reading.obstacle()).isEmpty();
      var evidence = reading.evidenceIfRead().orElseThrow();
      assertThat(evidence.source()).contains("via DATABASE_URL 127.0.0.1:");
      assertThat(evidence.byHand()).startsWith("psql \"$DATABASE_URL\" -c");
      assertThat(look.connectivity().toOptional().orElseThrow().probes())
          .extracting(probe -> probe.failed().isPresent())
          .containsExactly(false, true);
    }
  }

  @Test
  void look_serverFallsSilentMidway_endsByTheDeadlineAndKeepsWhatItRead() {
    try (var proxy = PgProxy.start(hotdash.server());
        var diagnostics = Servers.at(proxy.url(hotdash.ops()));
        var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofMillis(1500)))) {
      var capacity = look.capacity();
      assertThat(capacity.obstacle()).isEmpty();
      proxy.silence();

      var started = Time.SYSTEM.ticker().nanos();
      var sessions = look.sessions();
      var locks = look.locks();
      var took = Duration.ofNanos(Time.SYSTEM.ticker().nanos() - started);

      assertThat(took).isLessThan(Duration.ofMillis(1750));
      assertThat(why(sessions)).isEqualTo(NotChecked.Why.TIMED_OUT);
      assertThat(why(locks)).isNotNull();
      assertThat(look.capacity()).isSameAs(capacity);
    }
  }

  @Test
  void close_fromAnotherThread_endsTheReadingUnderWay() throws InterruptedException {
    try (var proxy = PgProxy.start(hotdash.server());
        var diagnostics = Servers.at(proxy.url(hotdash.ops()));
        var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(30)))) {
      assertThat(look.capacity().obstacle()).isEmpty();
      proxy.silence();
      long before = proxy.statements();
      var got = new AtomicReference<Reading<?>>();
      var reading = new Thread(() -> got.set(look.sessions()), "reading");
      reading.setDaemon(true);
      reading.start();
      Servers.await("the statement", () -> proxy.statements() > before || waiting(reading));

      Runnable closing = look::close;
      closing.run();
      reading.join(5_000);

      assertThat(got.get()).isNotNull();
      assertThat(why(got.get())).isEqualTo(NotChecked.Why.CANCELLED);
    }
  }

  @Test
  void look_twoHundredWaiters_isReadInTime() {
    try (var server = Servers.builder(18).setting("max_connections", "230").start()) {
      var crowded = server.createHotdash();
      try (var scene = IdleInTransaction.start(crowded.app(), 200);
          var diagnostics = Servers.as(crowded.ops());
          var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(5)))) {
        var forest = look.locks().toOptional().orElseThrow();

        assertThat(forest.waiting()).isEqualTo(200);
        assertThat(forest.roots()).hasSize(1);
        assertThat(forest.roots().get(0).pid()).isEqualTo(scene.holderPid());
        assertThat(forest.roots().get(0).allWaiters()).hasSize(200);
      }
    }
  }

  @Test
  void applicationPool_exhausted_readsItsFiguresWithoutBorrowing() throws Exception {
    try (var pool = pool();
        var held = pool.getConnection();
        var diagnostics =
            PgDiagnostics.builder()
                .databaseUrl(Secret.of(hotdash.app().url()))
                .applicationPool(pool)
                .build()) {
      assertThat(held.isValid(1)).isTrue();

      var figures = diagnostics.applicationPool();

      assertThat(figures.name()).isEqualTo("shop-pool");
      assertThat(figures.max()).isEqualTo(1);
      assertThat(figures.active()).isEqualTo(1);
      assertThat(figures.waiting()).isZero();
    }
  }

  @Test
  void applicationPool_none_isNotConfigured() {
    try (var diagnostics = Servers.as(hotdash.ops());
        var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(5)))) {
      assertThat(why(look.applicationPool())).isEqualTo(NotChecked.Why.NOT_CONFIGURED);
      assertThatThrownBy(diagnostics::applicationPool)
          .hasMessageContaining(DatabaseLook.APPLICATION_POOL.remedy());
    }
  }

  @Test
  void checkAccess_ordinaryRole_givesTheSqlThatIsMissing() {
    try (var diagnostics = both(hotdash.ops().url(), hotdash.plain().url())) {
      var check = diagnostics.checkAccess();

      assertThat(check.ok()).isFalse();
      var plain = Optional.ofNullable(check.addresses().get(0).rights()).orElseThrow();
      assertThat(plain.grants())
          .containsExactly(
              "GRANT pg_monitor TO \"hotdash_plain\";",
              "GRANT pg_signal_backend TO \"hotdash_plain\";",
              "GRANT pg_use_reserved_connections TO \"hotdash_plain\";");
      var ops = Optional.ofNullable(check.addresses().get(1).rights()).orElseThrow();
      assertThat(ops.grants()).isEmpty();
      assertReadable(check);
    }
  }

  private static PgDiagnostics both(String direct, String application) {
    return PgDiagnostics.builder()
        .directUrl(Secret.of(direct))
        .databaseUrl(Secret.of(application))
        .callTimeout(Duration.ofSeconds(5))
        .build();
  }

  private HikariDataSource pool() {
    var pool = new HikariDataSource();
    pool.setPoolName("shop-pool");
    pool.setMaximumPoolSize(1);
    pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + hotdash.server().port() + "/hotdash");
    pool.setUsername(hotdash.app().name());
    pool.setPassword(hotdash.app().password().reveal());
    return pool;
  }

  private static boolean waiting(Thread thread) {
    return List.of(thread.getStackTrace()).stream()
        .anyMatch(frame -> frame.getMethodName().contains("read"));
  }

  private static NotChecked.Why why(Reading<?> reading) {
    return reading.obstacle().orElseThrow().why();
  }

  private static void assertReadable(Object result) {
    var lines = result.toString().split("\n", -1);
    assertThat(lines).as("%s", result).hasSizeLessThanOrEqualTo(24);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }
}
