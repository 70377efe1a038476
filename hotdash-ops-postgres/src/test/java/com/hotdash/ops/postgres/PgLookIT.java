package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.Database;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.testkit.postgres.AdvisoryLockWait;
import com.hotdash.ops.testkit.postgres.ForgottenPreparedTransaction;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleFlood;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.LockChain;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.PgFault;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.RunningIndexBuild;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {15, 18})
class PgLookIT {
  @Parameter int major;

  @Test
  void locks_rowChain_rootAndRadiusAreExact() {
    try (var chain = LockChain.start(hotdash().app(), 5)) {
      var forest = look(hotdash().ops(), look -> read(look.locks()));

      assertThat(forest.waiting()).isEqualTo(4);
      assertThat(forest.softBlockers()).isEmpty();
      assertThat(forest.roots()).hasSize(1);
      var root = forest.roots().get(0);
      assertThat(root.pid()).isEqualTo(chain.rootPid());
      assertThat(root.kind()).isEqualTo(Kind.IDLE_IN_TRANSACTION);
      assertThat(root.directWaiters()).containsExactly(chain.pids().get(1));
      assertThat(root.allWaiters()).containsExactlyElementsOf(waiters(chain, chain.rootPid()));
    }
  }

  @Test
  void locks_waitingAlter_isASoftBlockerOfTheReadersBehindIt() {
    try (var pileUp = LockPileUp.start(hotdash().app(), 3)) {
      var forest = look(hotdash().ops(), look -> read(look.locks()));

      var root = forest.roots().get(0);
      assertThat(forest.roots()).hasSize(1);
      assertThat(root.pid()).isEqualTo(pileUp.holderPid());
      assertThat(root.directWaiters()).containsExactly(pileUp.alterPid());
      assertThat(root.allWaiters()).containsExactlyElementsOf(waiters(pileUp, pileUp.holderPid()));
      assertThat(forest.softBlockers()).hasSize(1);
      var soft = forest.softBlockers().get(0);
      assertThat(soft.pid()).isEqualTo(pileUp.alterPid());
      assertThat(soft.kind()).isEqualTo(Kind.WAITING_FOR_STRONG_LOCK);
      assertThat(soft.allWaiters()).hasSize(3).doesNotContain(pileUp.holderPid());
    }
  }

  @Test
  void locks_advisoryLock_rootIsItsHolder() {
    try (var wait = AdvisoryLockWait.start(hotdash().app(), 2)) {
      var forest = look(hotdash().ops(), look -> read(look.locks()));

      assertThat(forest.roots()).hasSize(1);
      assertThat(forest.roots().get(0).pid()).isEqualTo(wait.holderPid());
      assertThat(forest.roots().get(0).allWaiters())
          .containsExactlyElementsOf(waiters(wait, wait.holderPid()));
    }
  }

  @Test
  void locks_preparedTransaction_isNamedByItsGid() {
    try (var forgotten = ForgottenPreparedTransaction.start(hotdash().app(), 3)) {
      var forest = look(hotdash().ops(), look -> read(look.locks()));

      assertThat(forest.roots()).hasSize(1);
      var root = forest.roots().get(0);
      assertThat(root.kind()).isEqualTo(Kind.PREPARED_TRANSACTION);
      assertThat(root.pid()).isZero();
      assertThat(root.label()).contains(ForgottenPreparedTransaction.GID);
      assertThat(root.allWaiters()).containsExactlyElementsOf(waiters(forgotten, 0));
    }
  }

  @Test
  void locks_nobodyWaits_isEmptyAndSaysSo() {
    look(
        hotdash().ops(),
        look -> {
          var locks = look.locks();
          assertThat(read(locks).waiting()).isZero();
          assertThat(locks.evidenceIfRead().orElseThrow().value()).contains("nobody waits");
          return locks;
        });
  }

  @Test
  void mode_runningIndexBuild_isAChangeAndItsSessionIsSpared() {
    try (var build = RunningIndexBuild.start(hotdash().app())) {
      look(
          hotdash().ops(),
          look -> {
            var mode = read(look.mode());
            assertThat(mode.changes()).hasSize(1);
            var change = mode.changes().get(0);
            assertThat(change.pid()).isEqualTo(build.builderPid());
            assertThat(change.what()).startsWith("CREATE INDEX CONCURRENTLY on products: waiting");
            assertThat(change.waiting()).isTrue();
            assertThat(
                    read(look.sessions()).byPid(build.builderPid()).orElseThrow().sparedBecause())
                .isEqualTo("it builds an index");
            return mode;
          });
    }
  }

  @Test
  void mode_prismaMigrateWaits_isAChange() {
    // The key that Prisma locks; the testkit's own scene uses another.
    try (var holder = Clients.open(hotdash().app(), "prisma");
        var look = database(hotdash().ops()).look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      holder.run("select pg_advisory_lock(72707369)");

      assertThat(read(look.mode()).changes())
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.pid()).isEqualTo(holder.pid());
                assertThat(change.what()).contains("Prisma migrate holds");
                assertThat(change.waiting()).isFalse();
              });
    }
  }

  @Test
  void sessions_ordinaryRole_countsWhatItCannotSee() {
    try (var scene = IdleInTransaction.start(hotdash().app(), 2)) {
      look(
          hotdash().plain(),
          look -> {
            var reading = look.sessions();
            var sessions = read(reading);
            assertThat(sessions.visible()).isEmpty();
            assertThat(sessions.hidden()).isEqualTo(3);
            assertThat(reading.evidenceIfRead().orElseThrow().coverage())
                .contains("0 of 3")
                .contains("GRANT pg_monitor TO \"hotdash_plain\";");
            // Its own connection is one of them.
            assertThat(read(look.capacity()).clientBackends()).isEqualTo(4);
            var locks = look.locks();
            assertThat(read(locks).roots()).hasSize(1);
            assertThat(read(locks).roots().get(0).kind()).isEqualTo(Kind.HIDDEN);
            assertThat(read(locks).roots().get(0).pid()).isEqualTo(scene.holderPid());
            assertThat(locks.evidenceIfRead().orElseThrow().coverage()).contains("GRANT");
            assertThat(look.mode().evidenceIfRead().orElseThrow().coverage())
                .contains("3 sessions are hidden");
            return reading;
          });
    }
  }

  @Test
  void sessions_superuserAndMonitor_seeTheSame() {
    try (var flood = IdleFlood.start(hotdash().app(), "shop", 2)) {
      var monitor = look(hotdash().ops(), look -> read(look.sessions()));
      List<Integer> superuser;
      Servers.settle(hotdash().server());
      try (var diagnostics = Servers.at(hotdash().server().superuserUrl());
          var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
        superuser = pids(read(look.sessions()).visible());
      }

      assertThat(monitor.hidden()).isZero();
      assertThat(pids(monitor.visible())).containsExactlyInAnyOrderElementsOf(flood.pids());
      assertThat(superuser).containsExactlyInAnyOrderElementsOf(flood.pids());
      assertThat(monitor.visible())
          .allSatisfy(
              session -> {
                assertThat(session.sparedBecause()).isNull();
                assertThat(session.user()).isEqualTo("hotdash_app");
                assertThat(session.state()).isEqualTo(Session.IDLE);
                assertThat(session.query()).doesNotContain("orders where id = 1");
              });
    }
  }

  @Test
  void sessions_statement_showsNoValues() {
    try (var client = Clients.open(hotdash().app(), "shop")) {
      client.run("select 'jane@example.com', 4711");

      var sessions = look(hotdash().ops(), look -> read(look.sessions()));

      assertThat(sessions.byPid(client.pid()).orElseThrow().query()).isEqualTo("select ?, ?");
    }
  }

  @Test
  void sessions_applicationNamedLikeOurPassword_isMasked() {
    var password = hotdash().ops().password().reveal();
    try (var flood = IdleFlood.start(hotdash().app(), "x" + password, 1)) {
      var shown =
          look(hotdash().ops(), look -> look.sessions().toString() + look.capacity())
              + Servers.as(hotdash().ops()).connectionCount();

      assertThat(flood.pids()).hasSize(1);
      assertThat(shown).contains("x***").doesNotContain(password);
    }
  }

  @Test
  void sessions_throughAPooler_idleOnesFromItsAddressAreSparedAndBusyOnesNot() {
    try (var flood = IdleFlood.start(hotdash().app(), "shop", 1);
        var scene = IdleInTransaction.start(hotdash().app(), 0);
        var diagnostics = Servers.at(hotdash().ops().url() + "?pgbouncer=true");
        var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      var sessions = read(look.sessions());

      var idle = sessions.byPid(flood.pids().get(0)).orElseThrow();
      assertThat(spared(idle)).contains("pooler");
      assertThat(sessions.byPid(scene.holderPid()).orElseThrow().sparedBecause()).isNull();
      assertThat(diagnostics.terminate(idle.id()).detail()).contains("spared");
    }
  }

  @Test
  void sessions_protectedKinds_areSparedWithAReason() {
    try (var pooler = IdleFlood.start(hotdash().app(), "Supavisor", 1);
        var backup = IdleFlood.start(hotdash().app(), "pg_dump", 1);
        var listener = Clients.open(hotdash().app(), "worker");
        var superuser =
            Clients.open(
                hotdash().server().superuserUrl().replaceFirst("/[^/]*$", "/hotdash"), "admin");
        var elsewhere =
            Clients.open(
                hotdash().server().urlFor("hotdash_app", hotdash().app().password(), "template1"),
                "other")) {
      listener.run("listen jobs");

      var sessions = look(hotdash().ops(), look -> read(look.sessions()));

      assertThat(spared(sessions.byPid(pooler.pids().get(0)).orElseThrow())).contains("pooler");
      assertThat(spared(sessions.byPid(backup.pids().get(0)).orElseThrow())).contains("backup");
      assertThat(spared(sessions.byPid(listener.pid()).orElseThrow())).contains("listens");
      var admin = sessions.byPid(superuser.pid()).orElseThrow();
      assertThat(admin.sparedBecause()).isNull();
      assertThat(admin.outOfReach()).contains("superuser");
      assertThat(spared(sessions.byPid(elsewhere.pid()).orElseThrow()))
          .contains("another database");
    }
  }

  @Test
  void look_wholeLook_runsInReadOnlyTransactionsOnly() {
    var server = hotdash().server();
    server.sql("alter role hotdash_ops set log_statement = 'all'");
    try {
      int before = server.logLines().size();
      look(
          hotdash().ops(),
          look -> {
            read(look.connectivity());
            read(look.capacity());
            read(look.sessions());
            read(look.locks());
            return read(look.mode());
          });

      var outside = outsideReadOnly(server.logLines().subList(before, server.logLines().size()));
      // The first statement of the probe reads nothing.
      assertThat(outside).allSatisfy(sql -> assertThat(sql).isEqualToIgnoringCase("select 1"));
    } finally {
      server.sql("alter role hotdash_ops reset log_statement");
    }
  }

  private static List<String> outsideReadOnly(List<String> log) {
    var line =
        Pattern.compile("\\[(\\d+)] hotdash_ops@\\S+ .*?LOG:  (?:statement|execute [^:]*): (.*)");
    Set<String> inside = new HashSet<>();
    var outside = new ArrayList<String>();
    int seen = 0;
    for (var text : log) {
      var match = line.matcher(text);
      if (match.find()) {
        seen++;
        var pid = match.group(1);
        var sql = match.group(2);
        if (sql.equals("BEGIN READ ONLY")) {
          inside.add(pid);
        } else if (sql.equals("COMMIT")) {
          inside.remove(pid);
        } else if (!inside.contains(pid)) {
          outside.add(sql);
        }
      }
    }
    assertThat(seen).as("statements in the log").isGreaterThan(12);
    return outside;
  }

  private Hotdash hotdash() {
    return Servers.of(major);
  }

  private static Database database(PgRole role) {
    return Servers.as(role).port();
  }

  private static <T> T look(PgRole role, Function<DatabaseLook, T> reading) {
    Servers.settle(role.database().server());
    try (var diagnostics = Servers.as(role);
        var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      return reading.apply(look);
    }
  }

  private static <T> T read(Reading<T> reading) {
    assertThat(reading.obstacle()).isEmpty();
    return reading.toOptional().orElseThrow();
  }

  private static String spared(Session session) {
    return String.valueOf(session.sparedBecause());
  }

  private static List<Integer> pids(List<Session> sessions) {
    return sessions.stream().map(session -> session.id().pid()).toList();
  }

  private static List<Integer> waiters(PgFault fault, int root) {
    return fault.pids().stream().filter(pid -> pid != root).sorted().toList();
  }

  /** Those behind it wait for what it did, and a cancel would undo that. */
  @Test
  void locks_alterInATransactionThatDidWork_isNoHarmlessHeadOfAQueue() {
    try (var migration = Clients.open(hotdash().app(), "migration");
        var reader = Clients.open(hotdash().app(), "reader");
        var waiter = Clients.open(hotdash().app(), "waiter")) {
      migration.run("begin");
      migration.run("update orders set status = 'x' where id = 1");
      reader.run("begin");
      reader.run("select count(*) from products");
      send(waiter, "update orders set status = 'y' where id = 1");
      send(migration, "alter table products add column late int");

      var forest = look(hotdash().ops(), look -> read(look.locks()));

      assertThat(forest.softBlockers()).isEmpty();
      assertThat(forest.roots()).extracting("pid").containsExactly(reader.pid());
      assertThat(forest.roots().get(0).allWaiters())
          .containsExactlyInAnyOrder(migration.pid(), waiter.pid());
      hotdash().database().sql("select pg_terminate_backend(" + migration.pid() + ")");
    }
  }

  private void send(Clients client, String sql) {
    var thread = new Thread(() -> client.tryRun(sql));
    thread.setDaemon(true);
    thread.start();
    var waits = "select count(*) from pg_locks where not granted and pid = " + client.pid();
    Servers.await(sql + " to wait", () -> hotdash().database().number(waits) == 1);
  }
}
