package com.hotdash.ops.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.secret.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgServerIT {
  private static final PgServer SERVER = SharedServer.SERVER;
  private static final Hotdash HOTDASH = SharedServer.HOTDASH;

  @Test
  void setting_isWhatTheServerSays() {
    assertThat(SERVER.superuser().text("show max_connections")).isEqualTo("40");
    assertThat(SERVER.version()).startsWith(SERVER.majorVersion() + ".");
  }

  @Test
  void login_wrongPassword_isRefusedAndLogged() throws SQLException {
    var wrong = HOTDASH.plain().withPassword(Secret.of("wrong"));
    var before = SERVER.logCount("password authentication failed");

    var refused = catchThrowableOfType(SQLException.class, () -> login(wrong));

    assertThat(refused.getSQLState()).isEqualTo("28P01");
    assertThat(SERVER.logCount("password authentication failed")).isEqualTo(before + 1);
    login(HOTDASH.plain());
  }

  @Test
  void url_passwordWithReservedCharacters_staysOnePart() {
    var url = URI.create(HOTDASH.app().url());

    assertThat(url.getHost()).isEqualTo("127.0.0.1");
    assertThat(url.getPort()).isEqualTo(SERVER.port());
    assertThat(url.getPath()).isEqualTo("/hotdash");
    var password = url.getRawUserInfo().substring("hotdash_app:".length());
    assertThat(URLDecoder.decode(password, StandardCharsets.UTF_8))
        .isEqualTo(HOTDASH.app().password().reveal());
  }

  @Test
  void createHotdash_rolesHaveTheirRightsAndNoMore() {
    var database = HOTDASH.database();

    assertThat(database.number("select count(*) from orders")).isEqualTo(Hotdash.ROWS);
    assertThat(database.column("select rolname from pg_roles where rolsuper"))
        .containsExactly("postgres");
    assertThat(
            database.column(
                "select tableowner from pg_tables where tablename in ('orders', 'products')"))
        .containsOnly("hotdash_app");
    assertThat(database.text("select pg_has_role('hotdash_ops', 'pg_monitor', 'usage')"))
        .isEqualTo("t");
    assertThat(database.text("select has_table_privilege('hotdash_plain', 'orders', 'select')"))
        .isEqualTo("f");
  }

  @Test
  void sql_fails_saysTheSqlState() {
    var failed = catchThrowableOfType(PgServerException.class, () -> SERVER.sql("select 1 / 0"));

    assertThat(failed.sqlState()).contains("22012");
    assertThat(failed).hasMessageContaining("division by zero");
  }

  @Test
  void restartAndStop_ownServer_keepsPortAndDataAndCleansUp() throws SQLException {
    Path root;
    try (var server = PgServer.start()) {
      root = Path.of(server.superuser().text("show data_directory")).getParent();
      var port = server.port();
      server.sql("create table kept (id int)");

      server.stopImmediately();
      assertThatThrownBy(server::version).hasMessageContaining("refused");
      server.restart();

      assertThat(server.port()).isEqualTo(port);
      assertThat(server.superuser().number("select count(*) from kept")).isZero();
    }
    assertThat(root).doesNotExist();
  }

  @Test
  void beginShutdown_sessionsGoOnAndLoginsAreRefused() {
    try (var server = PgServer.start()) {
      var role = server.superuser().createRole("worker", Secret.of("a'b"));
      try (var flood = IdleFlood.start(role, "worker", 1)) {
        server.beginShutdown();

        assertThat(flood.pids()).hasSize(1);
        assertThat(catchThrowableOfType(PgServerException.class, server::version).sqlState())
            .contains("57P03");
      }
    }
  }

  @Test
  void start_portTakenInBetween_takesTheNext() {
    try (var other = BadPeer.closing();
        var server =
            PgServer.builder()
                .startWithin(Duration.ofSeconds(3))
                .ports(ports(other.port(), FreePort.pick()))
                .start()) {
      assertThat(server.port()).isNotEqualTo(other.port());
      assertThat(server.superuser().number("select 1")).isEqualTo(1);
    }
  }

  @Test
  void start_anotherServerAnswersOnThePort_isNotTakenForOurs() {
    try (var other = PgServer.start();
        var server = PgServer.builder().ports(ports(other.port(), FreePort.pick())).start()) {
      assertThat(server.superuser().text("show data_directory"))
          .isNotEqualTo(other.superuser().text("show data_directory"));
    }
  }

  @Test
  void start_portTakenEachTime_saysSo() {
    try (var other = BadPeer.closing()) {
      var builder = PgServer.builder().startWithin(Duration.ofMillis(400)).ports(other::port);

      assertThatThrownBy(builder::start)
          .isInstanceOf(PgServerException.class)
          .hasMessageContaining("took the port");
    }
  }

  private static IntSupplier ports(int... each) {
    return IntStream.of(each).iterator()::next;
  }

  @Test
  void start_unknownSetting_quotesTheServer() {
    var builder =
        PgServer.builder().setting("no_such_setting", "1").startWithin(Duration.ofMillis(400));

    assertThatThrownBy(builder::start)
        .isInstanceOf(PgServerException.class)
        .hasMessageContaining("no_such_setting");
  }

  @Test
  void start_jarWithoutPrograms_namesTheJar(@TempDir Path directory) throws Exception {
    var jar = directory.resolve("empty.jar");
    Files.write(
        jar, new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

    assertThatThrownBy(() -> PgServer.builder().binaries(jar).start())
        .isInstanceOf(PgServerException.class)
        .hasMessageContaining("empty.jar");
  }

  private static void login(PgRole role) throws SQLException {
    role.database().connect(role.name(), role.password(), "test", 5).close();
  }
}
