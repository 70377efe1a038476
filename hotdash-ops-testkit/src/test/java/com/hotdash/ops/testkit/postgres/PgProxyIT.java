package com.hotdash.ops.testkit.postgres;

import static com.hotdash.ops.testkit.postgres.SharedServer.HOTDASH;
import static com.hotdash.ops.testkit.postgres.SharedServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.testkit.postgres.PgProxy.Failure;
import com.hotdash.ops.time.Time;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgProxyIT {
  private final PgProxy proxy = PgProxy.start(SERVER);

  @AfterEach
  void closeLeavesNothingBehind() throws SQLException {
    proxy.close();

    Await.until("the end of its threads", () -> Threads.ofTheKit().isEmpty());
    Await.until("the end of its sessions", () -> SharedServer.sessions() == 0);
  }

  @Test
  void statement_passesThroughAndIsCounted() throws SQLException {
    try (var connection = connect()) {
      var before = proxy.statements();

      assertThat(orders(connection)).isEqualTo(Hotdash.ROWS);
      assertThat(proxy.statements()).isEqualTo(before + 1);
      assertThat(proxy.connections()).isEqualTo(1);
      assertThat(proxy.openConnections()).isEqualTo(1);
    }
  }

  @Test
  void url_namesTheProxyAndKeepsThePassword() {
    var direct = HOTDASH.app().url();

    assertThat(proxy.url(HOTDASH.app()))
        .isEqualTo(direct.replace(":" + SERVER.port() + "/", ":" + proxy.port() + "/"));
  }

  @Test
  void failStatement_cut_doesNotReachTheServer() throws SQLException {
    try (var connection = connect()) {
      set(connection, "before");
      proxy.failStatement(2, Failure.CUT);
      orders(connection);

      var failed = catchThrowableOfType(SQLException.class, () -> set(connection, "after"));

      assertThat(failed.getSQLState()).isEqualTo("08006");
      assertThat(status()).isEqualTo("before");
    }
  }

  @Test
  void failStatement_loseAnswer_theServerHasDoneIt() throws SQLException {
    try (var connection = connect()) {
      set(connection, "before");
      proxy.failStatement(1, Failure.LOSE_ANSWER);

      var failed = catchThrowableOfType(SQLException.class, () -> set(connection, "after"));

      assertThat(failed.getSQLState()).isEqualTo("08006");
      assertThat(status()).isEqualTo("after");
    }
  }

  @Test
  void failStatement_silence_theReaderTimesOut() throws SQLException {
    try (var connection = connect()) {
      proxy.failStatement(1, Failure.SILENCE);

      assertThatThrownBy(() -> orders(connection))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void silenceAfter_someBytes_resumeDeliversTheRest() throws Exception {
    try (var connection = connect()) {
      proxy.silenceAfter(10);
      var resuming =
          LoopbackServer.daemon(
              "resume",
              () -> {
                Time.SYSTEM.await(Duration.ofMillis(50));
                proxy.resume();
              });
      resuming.start();

      assertThat(orders(connection)).isEqualTo(Hotdash.ROWS);
    }
  }

  @Test
  void latency_holdsAnswersBack() throws SQLException {
    try (var connection = connect()) {
      proxy.latency(Duration.ofMillis(60));
      var start = Time.SYSTEM.ticker().nanos();

      orders(connection);

      assertThat(Time.SYSTEM.ticker().nanos() - start).isGreaterThan(60_000_000L);
    }
  }

  @Test
  void cut_endsOpenConnectionsAndServesNewOnes() throws SQLException {
    try (var old = connect()) {
      proxy.cut();

      assertThat(catchThrowableOfType(SQLException.class, () -> orders(old)).getSQLState())
          .isEqualTo("08006");
      try (var fresh = connect()) {
        assertThat(orders(fresh)).isEqualTo(Hotdash.ROWS);
      }
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", HOTDASH.app().name());
    properties.setProperty("password", HOTDASH.app().password().reveal());
    properties.setProperty("socketTimeout", "1");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + proxy.host() + ":" + proxy.port() + "/hotdash", properties);
  }

  private static int orders(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from orders")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void set(Connection connection, String status) throws SQLException {
    try (var update = connection.prepareStatement("update orders set status = ? where id = 9")) {
      update.setString(1, status);
      update.executeUpdate();
    }
  }

  private static String status() {
    return HOTDASH.database().text("select status from orders where id = 9");
  }
}
