package com.hotdash.ops.testkit.postgres;

import static com.hotdash.ops.testkit.postgres.SharedServer.HOTDASH;
import static com.hotdash.ops.testkit.postgres.SharedServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionFaultsIT {
  @AfterEach
  void closedFaultsLeaveNothingBehind() {
    assertThat(SharedServer.sessions()).isZero();
    assertThat(Threads.ofTheKit()).isEmpty();
  }

  @Test
  void idleFlood_isIdleUnderItsName() {
    try (var flood = IdleFlood.start(HOTDASH.app(), "report-job", 6)) {
      assertThat(flood.pids()).hasSize(6);
      assertThat(
              SERVER
                  .superuser()
                  .number(
                      "select count(*) from pg_stat_activity"
                          + " where application_name = 'report-job' and state = 'idle'"))
          .isEqualTo(6);
    }
  }

  @Test
  void idleFlood_moreThanTheServerTakes_opensNone() {
    assertThatThrownBy(() -> IdleFlood.start(HOTDASH.app(), "report-job", 60))
        .isInstanceOfSatisfying(
            PgServerException.class, e -> assertThat(e.sqlState()).contains("53300"));
  }

  @Test
  void slotExhaustion_leaked_refusesOrdinaryLoginsOnly() {
    try (var fault = SlotExhaustion.leaked(HOTDASH.app())) {
      var refused = catchThrowableOfType(SQLException.class, () -> login(HOTDASH.plain()));

      assertThat(refused.getSQLState()).isEqualTo("53300");
      assertThat(fault.refusalSqlState()).isEqualTo("53300");
      assertThat(fault.refusalMessage()).contains("remaining connection slots are reserved");
      assertThat(fault.pids()).hasSize(37);
      assertThat(
              SERVER
                  .superuser()
                  .number(
                      "select count(*) from pg_stat_activity where state = 'idle in transaction'"))
          .isEqualTo(37);
    }
  }

  @Test
  void connectionLimit_ofRole_isItsOwnRefusalAndIsSetBack() throws SQLException {
    try (var limit = ConnectionLimit.ofRole(HOTDASH.app(), 2);
        var full = SlotExhaustion.idle(HOTDASH.app())) {
      assertThat(full.refusalMessage()).contains("too many connections for role");
      assertThat(full.pids()).hasSize(2);
      assertThat(limit.pids()).isEmpty();
      login(HOTDASH.plain());
    }
    login(HOTDASH.app());
  }

  @Test
  void connectionLimit_ofDatabase_isItsOwnRefusalAndIsSetBack() {
    try (var limit = ConnectionLimit.ofDatabase(HOTDASH.database(), 1);
        var full = SlotExhaustion.idle(HOTDASH.app())) {
      assertThat(full.refusalMessage()).contains("too many connections for database");
      assertThat(limit.pids()).isEmpty();
    }
    assertThat(
            SERVER
                .superuser()
                .number("select datconnlimit from pg_database where datname = 'hotdash'"))
        .isEqualTo(-1);
  }

  @Test
  void readOnlyServer_refusesWritesUntilClosed() throws SQLException {
    try (var fault = ReadOnlyServer.start(SERVER)) {
      var refused = catchThrowableOfType(SQLException.class, ConnectionFaultsIT::write);

      assertThat(refused.getSQLState()).isEqualTo("25006");
      assertThat(fault.pids()).isEmpty();
    }
    write();
  }

  @Test
  void readOnlyServer_superusersHand_stillWrites() {
    try (var fault = ReadOnlyServer.start(SERVER)) {
      HOTDASH.database().sql("update orders set status = 'noted' where id = 4");

      assertThat(fault.pids()).isEmpty();
    }
    assertThat(HOTDASH.database().text("select status from orders where id = 4"))
        .isEqualTo("noted");
  }

  @Test
  void healthyPool_leftAlone_seesNoError() throws SQLException {
    try (var pool = HealthyPool.start(HOTDASH.app(), "web", 3, Duration.ofMillis(2))) {
      var before = pool.pids();

      Await.until("uses", () -> pool.uses() >= 12);

      assertThat(pool.errors()).isZero();
      assertThat(pool.lastError()).isEmpty();
      assertThat(pool.pids()).isEqualTo(before);
    }
  }

  @Test
  void healthyPool_sessionEnded_countsTheErrorAndIsBack() throws SQLException {
    try (var pool = HealthyPool.start(HOTDASH.app(), "web", 2, Duration.ofMillis(2))) {
      var victim = pool.pids().get(0);

      SERVER.sql("select pg_terminate_backend(" + victim + ")");
      Await.until("the error", () -> pool.errors() > 0 && !pool.pids().contains(victim));

      assertThat(pool.lastError().orElse("none")).isIn("57P01", "08006");
      assertThat(pool.pids()).hasSize(2);
    }
  }

  private static void login(PgRole role) throws SQLException {
    role.database().connect(role.name(), role.password(), "test", 5).close();
    // The server lets go of the slot a moment after the client has left.
    Await.until("the session's end", () -> SharedServer.sessionsNamed("test") == 0);
  }

  private static void write() throws SQLException {
    var session = PgSession.open(HOTDASH.app(), "test");
    try {
      session.run("update orders set updated_at = now() where id = 3");
    } finally {
      session.abort();
      Await.until("the session's end", () -> SharedServer.sessionsNamed("test") == 0);
    }
  }
}
