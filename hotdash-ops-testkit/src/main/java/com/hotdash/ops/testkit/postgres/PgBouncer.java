package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PgBouncer before a test server, in transaction mode, where the program is installed (on
 * Debian: {@code apt-get install pgbouncer}). Two transactions of one client may meet different
 * server connections there, of which it keeps {@value #POOL} for each role. {@link #close} stops
 * it. Thread-safe.
 */
public final class PgBouncer implements AutoCloseable {
  /** How many server connections it keeps for each role and database. */
  public static final int POOL = 3;

  private static final long STOP_SECONDS = 5;

  private final Process process;
  private final ServerFiles files;
  private final int port;
  private final Thread hook = new Thread(this::stop, "testkit-pgbouncer-closer");

  private PgBouncer(Process process, ServerFiles files, int port) {
    this.process = process;
    this.files = files;
    this.port = port;
  }

  /**
   * Looks for the program on the path and in {@code /usr/sbin}, where Debian puts it.
   *
   * @return the program, or empty if it is not installed
   */
  public static Optional<Path> program() {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one before HotDash's database, open to its three roles with their passwords.
   *
   * @param hotdash the database
   * @return the running pooler
   * @throws PgServerException if it is not installed, or does not start
   */
  public static PgBouncer start(Hotdash hotdash) {
    var program =
        program()
            .orElseThrow(
                () ->
                    PgServerException.of(
                        "pgbouncer.start",
                        "PgBouncer is not installed",
                        "install it: apt-get install pgbouncer"));
    var files = ServerFiles.create();
    int port = FreePort.pick();
    try {
      var pooler = new PgBouncer(launch(program, hotdash, files, port), files, port);
      Runtime.getRuntime().addShutdownHook(pooler.hook);
      pooler.awaitStart();
      return pooler;
    } catch (IOException e) {
      files.delete();
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path program, Hotdash hotdash, ServerFiles files, int port)
      throws IOException {
    var users = files.root().resolve("users.txt");
    Files.write(
        users,
        Stream.of(hotdash.app(), hotdash.ops(), hotdash.plain())
            .map(role -> quoted(role.name()) + " " + quoted(role.password().reveal()))
            .toList());
    var settings = files.root().resolve("pgbouncer.ini");
    Files.write(
        settings,
        List.of(
            "[databases]",
            "%s = host=127.0.0.1 port=%d dbname=%1$s"
                .formatted(hotdash.database().name(), hotdash.server().port()),
            "[pgbouncer]",
            "listen_addr = 127.0.0.1",
            "listen_port = " + port,
            "unix_socket_dir =",
            "auth_type = scram-sha-256",
            "auth_file = " + users,
            "pool_mode = transaction",
            "default_pool_size = " + POOL,
            // Every JDBC driver sends it, and every pooler that serves one is told so.
            "ignore_startup_parameters = extra_float_digits"));
    var command = new ArrayList<String>();
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to run as root, as the server does.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(program.toString(), settings.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(files.log().toFile()))
        .start();
  }

  private static String quoted(String word) {
    return '"' + word.replace("\"", "\"\"") + '"';
  }

  private void awaitStart() {
    if (!Await.within(Await.LIMIT, () -> listening() || !process.isAlive()) || !process.isAlive()) {
      var log = String.join(" | ", files.logLines());
      close();
      throw PgServerException.of(
          "pgbouncer.start", "it does not listen on port " + port + ": " + log, null);
    }
  }

  private boolean listening() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(LoopbackServer.address(), port), 100);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns the address with which a role goes through the pooler. It says that a pooler is there,
   * as Prisma wants it.
   *
   * @param role one of HotDash's roles
   * @return a {@code postgres://} URL with {@code pgbouncer=true}
   */
  public String url(PgRole role) {
    return urlThatTellsNothing(role) + "?pgbouncer=true";
  }

  /**
   * Returns the same address without the word that tells of the pooler, as people write it.
   *
   * @param role one of HotDash's roles
   * @return a {@code postgres://} URL
   */
  public String urlThatTellsNothing(PgRole role) {
    Secret password = role.password();
    return "postgres://%s:%s@127.0.0.1:%d/%s"
        .formatted(
            PgServer.encode(role.name()),
            PgServer.encode(password.reveal()),
            port,
            PgServer.encode(role.database().name()));
  }

  /** Stops it; its server connections end with it. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is on its way down, and stopping again does nothing.
      return;
    }
  }

  private synchronized void stop() {
    process.destroyForcibly();
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw Await.interrupted("pgbouncer.stop");
    }
    if (Files.exists(files.root())) {
      files.delete();
    }
  }

  @Override
  public String toString() {
    return "PgBouncer[127.0.0.1:" + port + "]";
  }
}
