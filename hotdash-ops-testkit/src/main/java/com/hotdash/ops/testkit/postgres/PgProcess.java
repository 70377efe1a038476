package com.hotdash.ops.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts and stops the server process on one data directory and one port. */
final class PgProcess {
  private static final long STOP_SECONDS = 10;
  private static final Duration REAPED_WITHIN = Duration.ofSeconds(1);

  // zonky puts these on the command line, where they outrank the configuration file.
  private static final Set<String> COMMAND_LINE =
      Set.of("max_connections", "synchronous_commit", "timezone");

  // The superuser is trusted on loopback; everybody else's password is really checked.
  private static final List<String> HBA =
      List.of(
          "local all postgres trust",
          "local all all scram-sha-256",
          "host all postgres 127.0.0.1/32 trust",
          "host all postgres ::1/128 trust",
          "host all all 127.0.0.1/32 scram-sha-256",
          "host all all ::1/128 scram-sha-256",
          "host replication postgres 127.0.0.1/32 trust");

  private final ServerFiles files;
  private final Map<String, String> settings;
  private final @Nullable PgBinaryResolver binaries;
  private final String version;
  private final Duration startWithin;
  private final int port;
  private @Nullable EmbeddedPostgres running;
  private boolean configured;

  PgProcess(
      ServerFiles files,
      int port,
      Map<String, String> settings,
      @Nullable Path binaries,
      Duration startWithin) {
    this.files = files;
    this.port = port;
    this.settings = Map.copyOf(settings);
    this.binaries = binaries == null ? null : new JarBinaries(binaries);
    this.version = binaries == null ? "" : binaries.toString();
    this.startWithin = startWithin;
  }

  int port() {
    return port;
  }

  synchronized void start() {
    if (!configured && !Files.exists(files.data())) {
      InitialData.copyTo(files.data(), version);
    }
    // It cleans nothing and registers no hook: a restart needs the data, and the owner does both.
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(files.data())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(startWithin)
            .setOutputRedirector(Redirect.appendTo(files.log().toFile()))
            .setErrorRedirector(Redirect.appendTo(files.log().toFile()))
            .setPort(port);
    if (!configured) {
      builder.setDataDirectoryCustomizer(this::configure);
    }
    if (binaries != null) {
      builder.setPgBinaryResolver(binaries);
    }
    for (var name : COMMAND_LINE) {
      if (settings.containsKey(name)) {
        builder.setServerConfig(name, "'" + settings.get(name) + "'");
      }
    }
    try {
      var started = builder.start();
      if (!isOurs(started)) {
        throw new IOException("address already in use: another server answers on port " + port);
      }
      running = started;
      configured = true;
    } catch (IOException | SQLException | RuntimeException | ExceptionInInitializerError e) {
      // zonky throws the last of these when it cannot read or unpack the programs.
      killLeftover();
      throw StartupFault.of(e, log());
    }
  }

  /** zonky is content with whoever answers on the port, also with another test server. */
  private boolean isOurs(EmbeddedPostgres started) throws IOException, SQLException {
    try (var connection = started.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("show data_directory")) {
      return rows.next()
          && Path.of(rows.getString(1)).toRealPath().equals(files.data().toRealPath());
    }
  }

  synchronized void stop() {
    if (running == null) {
      return;
    }
    try {
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      running = null;
      killLeftover();
    }
  }

  /** SIGQUIT: no farewell to clients, no checkpoint. */
  synchronized void stopImmediately() {
    var postmaster = files.postmaster();
    if (postmaster == null) {
      return;
    }
    try {
      var signal = new ProcessBuilder("sh", "-c", "kill -QUIT " + postmaster.pid()).start();
      if (!signal.waitFor(STOP_SECONDS, TimeUnit.SECONDS) || signal.exitValue() != 0) {
        postmaster.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw Await.interrupted("postgres.stop");
    }
    awaitExit(postmaster);
  }

  /** SIGTERM, a smart shutdown: no new logins, and the end when the last session leaves. */
  synchronized void beginShutdown() {
    var postmaster = files.postmaster();
    if (postmaster != null) {
      long begun = shutdowns();
      postmaster.destroy();
      Await.until("the shutdown", () -> shutdowns() > begun || !postmaster.isAlive());
    }
  }

  private long shutdowns() {
    return log().stream().filter(line -> line.contains("received smart shutdown")).count();
  }

  private void killLeftover() {
    var postmaster = files.postmaster();
    if (postmaster != null) {
      postmaster.destroyForcibly();
      awaitExit(postmaster);
    }
  }

  private void awaitExit(ProcessHandle process) {
    Await.until("the end of process " + process.pid(), () -> exited(process));
    // The file goes a moment before the port; and where nobody reaps, a dead process never goes.
    Await.within(REAPED_WITHIN, () -> !process.isAlive());
  }

  private boolean exited(ProcessHandle process) {
    return !process.isAlive() || files.postmaster() == null;
  }

  private List<String> log() {
    return Files.exists(files.log()) ? files.logLines() : List.of();
  }

  private void configure(File data) {
    InitialData.keep(data.toPath(), version);
    var lines = new ArrayList<String>();
    settings.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
    try {
      Files.write(data.toPath().resolve("pg_hba.conf"), HBA);
      Files.write(data.toPath().resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
