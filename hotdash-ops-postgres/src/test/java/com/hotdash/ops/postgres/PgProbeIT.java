package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.database.StageResult;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgProbeIT {
  private static final String REFUSED = "FATAL:  password authentication failed";

  private static PgServer server;
  private static Hotdash hotdash;
  private static ExecutorService executor;

  @BeforeAll
  static void start() {
    server = PgServer.start();
    hotdash = server.createHotdash();
    executor = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stop() {
    executor.shutdownNow();
    server.close();
  }

  @Test
  void probe_healthyServer_passesAllStagesAndHandsOverTheConnection() throws SQLException {
    var result = look(hotdash.app().url());

    try (var connection = Objects.requireNonNull(result.connection(), result::toString)) {
      assertThat(result.probe().failed()).isEmpty();
      assertThat(result.probe().stages())
          .extracting(StageResult::stage)
          .containsExactly(Stage.values());
      assertThat(connection.getAutoCommit()).isTrue();
      try (var statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "select application_name, current_setting('statement_timeout')"
                      + " from pg_stat_activity where pid = pg_backend_pid()")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("hotdash-ops");
        assertThat(rows.getString(2)).isEqualTo("0");
      }
    }
  }

  @Test
  void probe_wrongPassword_failsTheServersLoginOnceForBothAddresses() {
    var wrong = PgUrl.parse(hotdash.app().withPassword(Secret.of("C4nary-wrong")).url(), "A");
    long before = server.logCount(REFUSED);

    var first = look(wrong, List.of());
    var second = look(wrong, List.of(first));

    assertThat(first.failure().orElseThrow().kind()).isEqualTo(FailureKind.PASSWORD_REFUSED);
    assertThat(second.failure().orElseThrow().kind()).isEqualTo(FailureKind.NOT_TRIED);
    assertThat(server.logCount(REFUSED) - before).isEqualTo(1);
    assertThat(first + second.toString()).doesNotContain("C4nary");
  }

  @Test
  void probe_unknownDatabase_failsAtLogin() {
    var result = look(server.urlFor(hotdash.app().name(), hotdash.app().password(), "nowhere"));

    assertThat(result.probe().failed().orElseThrow().stage()).isEqualTo(Stage.LOGIN);
    var failure = result.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DATABASE_MISSING);
    assertThat(failure.sqlState()).isEqualTo("3D000");
  }

  @Test
  void probe_noPassword_saysThatItIsMissing() {
    var result =
        look("postgres://" + hotdash.app().name() + "@127.0.0.1:" + server.port() + "/postgres");

    assertThat(result.failure().orElseThrow().kind()).isEqualTo(FailureKind.PASSWORD_MISSING);
  }

  @Test
  void probe_standbyWanted_failsAtLogin() {
    var result = look(hotdash.app().url() + "?target_session_attrs=standby");

    assertThat(result.probe().failed().orElseThrow().stage()).isEqualTo(Stage.LOGIN);
  }

  private static PgProbed look(String url) {
    return look(PgUrl.parse(url, "DATABASE_URL"), List.of());
  }

  private static PgProbed look(PgUrl url, List<PgProbed> earlier) {
    return new PgProbe(Time.SYSTEM, executor)
        .probe(url, true, Time.SYSTEM.deadline(Duration.ofSeconds(20)), earlier);
  }
}
