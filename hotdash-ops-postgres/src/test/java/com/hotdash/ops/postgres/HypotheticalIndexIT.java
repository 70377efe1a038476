package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hotdash.ops.postgres.IndexAdvice.Basis;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Advice on indexes where hypopg is installed. The test's own server lacks it: it is taken from
 * Debian's package for version 15, and where that is not there, all of it is skipped, which the
 * test report counts and says why.
 */
class HypotheticalIndexIT {
  private static final Path LIBRARY = Path.of("/usr/lib/postgresql/15/lib/hypopg.so");
  private static final Path EXTENSIONS = Path.of("/usr/share/postgresql/15/extension");

  private static PgServer server;
  private static Hotdash hotdash;
  private static PgRole reader;

  @BeforeAll
  static void startServer() throws IOException {
    assumeTrue(
        Files.isReadable(LIBRARY), "hypopg is not installed: apt-get install postgresql-15-hypopg");
    server = Servers.builder(15).setting("shared_preload_libraries", "pg_stat_statements").start();
    hotdash = server.createHotdash();
    install();
    hotdash
        .database()
        .sql(
            "create extension pg_stat_statements",
            "create table visits as select n as id, n % 1000 as shop_id, 'x' || n % 2 as kind,"
                + " repeat('x', 200) as note from generate_series(1, 40000) n",
            "alter table visits owner to hotdash_app",
            "analyze visits");
    reader =
        hotdash.database().createRole("reader", Secret.of("r"), "pg_monitor", "pg_read_all_data");
  }

  private static void install() throws IOException {
    var libraries =
        Path.of(
            server.superuser().text("select setting from pg_config() where name = 'PKGLIBDIR'"));
    var shared =
        Path.of(server.superuser().text("select setting from pg_config() where name = 'SHAREDIR'"));
    // Whole or not at all: other servers run from the same files.
    copy(LIBRARY, libraries.resolve("hypopg.so"));
    try (var files = Files.newDirectoryStream(EXTENSIONS, "hypopg*")) {
      for (var file : files) {
        copy(file, shared.resolve("extension").resolve(file.getFileName()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(to)) {
      var part = Files.createTempFile(to.getParent(), "hypopg", ".part");
      Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static SlowQueries measure(PgDiagnostics diagnostics) {
    return diagnostics.slowQueries(20, StatementOrder.TOTAL, Duration.ofSeconds(10));
  }

  @Test
  void slowQueries_hypopgInstalledOrNot_provesTheIndexOrLeavesItAtThePlan() {
    try (var app = Clients.open(hotdash.app(), "app")) {
      var time =
          new Time(
              Time.SYSTEM.clock(),
              Time.SYSTEM.ticker(),
              wait -> app.run("select id from visits where shop_id = 7"));
      try (var diagnostics =
          PgDiagnostics.builder()
              .databaseUrl(Secret.of(reader.url()))
              .guardian()
              .time(time)
              .build()) {
        assertThat(measure(diagnostics).advice())
            .singleElement()
            .satisfies(advice -> assertThat(advice.basis()).isEqualTo(Basis.PLANNED));

        hotdash.database().sql("create schema tools", "create extension hypopg schema tools");
        hotdash.database().sql("grant usage on schema tools to reader");
        var advice = measure(diagnostics).advice();

        assertThat(advice)
            .singleElement()
            .satisfies(
                tried -> {
                  assertThat(tried.basis()).isEqualTo(Basis.TRIED);
                  assertThat(tried.columns()).containsExactly("shop_id");
                  assertThat(tried.why()).matches(".*with it the cost is \\d+ instead of \\d+");
                  assertThat(cost(tried, 1)).isLessThan(cost(tried, 2) / 2);
                });
        // The guardian's session was used again: nothing of the first try was left in it.
        assertThat(measure(diagnostics).advice()).isEqualTo(advice);
        assertThat(
                hotdash
                    .database()
                    .number("select count(*) from pg_index where indrelid = 'visits'::regclass"))
            .isZero();
      }
    }
  }

  private static double cost(IndexAdvice advice, int which) {
    var words =
        advice.why().replaceAll(".*cost is (\\d+) instead of (\\d+)", "$1 $2").split(" ", -1);
    return Double.parseDouble(words[which - 1]);
  }
}
