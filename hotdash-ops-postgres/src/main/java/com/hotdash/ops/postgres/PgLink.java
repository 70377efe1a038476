package com.hotdash.ops.postgres;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One plain connection, on which every reading is a read-only transaction of its own ({@code
 * pg_stat_activity} is frozen within one), and every change of our own records one too. Used by one
 * thread at a time; {@link #abort} may be called by any.
 */
final class PgLink implements AutoCloseable {
  /** By which a statement of ours is known in the server's statistics. */
  static final String MARK = "/* hotdash-ops */";

  private static final Pattern FIRST_WORD = Pattern.compile("(?i)\\A\\s*(?:select|with)\\b");

  private static final String READ_ONLY = "BEGIN READ ONLY";
  private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(2);
  private static final Duration LOCK_LIMIT = Duration.ofMillis(100);

  /** Several statements of a reading may come to their limit one after another. */
  private static final Duration WIRE_LIMIT = Duration.ofSeconds(15);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final Connection connection;
  private final PgUrl url;
  private final LinkTroubles troubles;
  private final Redactor redactor;
  private final Time time;
  private volatile boolean broken;
  private volatile boolean busy;
  private volatile boolean aborted;
  private volatile boolean direct;
  private volatile boolean swallowed;

  PgLink(Connection connection, PgUrl url, Time time) {
    this.connection = connection;
    this.url = url;
    this.troubles = new LinkTroubles(url);
    this.redactor = url.redactor();
    this.time = time;
  }

  /**
   * Makes one reading.
   *
   * @throws PgTrouble if it failed; unless the connection broke, the next reading may go well
   */
  <T> T read(Deadline deadline, SqlWork<T> work) throws PgTrouble {
    return run(READ_ONLY, deadline, work, link -> link.end("COMMIT"));
  }

  /**
   * Makes one reading of several queries in one round trip, for a server may be far away.
   *
   * @throws PgTrouble if it failed, and no answer of it is to be used; unless the connection broke,
   *     the next reading may go well
   */
  void read(Deadline deadline, Ask<?>... asks) throws PgTrouble {
    exchange(
        deadline,
        left -> {
          var all = new ArrayList<Ask<?>>();
          all.add(Ask.one(limits(left), row -> true));
          all.addAll(Arrays.asList(asks));
          Ask.send(connection, READ_ONLY, all, "COMMIT");
          return true;
        });
  }

  /**
   * Makes one change in a transaction of its own.
   *
   * @throws PgTrouble if it failed; without an answer of the server nobody knows whether it was
   *     made, so what is written must bear being written twice
   */
  <T> T write(Deadline deadline, SqlWork<T> work) throws PgTrouble {
    return run(
        "BEGIN READ WRITE",
        deadline,
        work,
        link -> {
          try (var statement = link.connection.createStatement()) {
            statement.execute("COMMIT");
          }
        });
  }

  /**
   * Sends one statement that must stand by itself, outside any transaction. The server is told to
   * give it up at the deadline, so that nothing goes on that nobody waits for. Only over a
   * connection that keeps its session: the settings are the session's own.
   *
   * @param lockLimit how long it may wait for a lock, or for somebody else's transaction
   * @throws PgTrouble if it failed; if the connection broke nobody knows what became of it
   */
  void alone(Deadline deadline, Duration lockLimit, String sql) throws PgTrouble {
    if (broken || aborted) {
      throw lost();
    }
    if ((pooled() && !url.kind().keepsSession()) || hiddenPooler(deadline)) {
      throw troubles.sharedSession();
    }
    busy = true;
    try (var statement = connection.createStatement()) {
      // Names and expressions may hold braces, which are nobody's escapes here.
      statement.setEscapeProcessing(false);
      var left = deadline.remaining();
      if (left.toMillis() < 1) {
        throw LinkTroubles.nothingSent();
      }
      // The server's own limit comes first: an answer is worth more than a cut connection.
      connection.setNetworkTimeout(
          Runnable::run, Math.toIntExact(left.plus(ANSWER_LIMIT).toMillis()));
      statement.execute(
          ("SET statement_timeout = %d; SET lock_timeout = %d; SET search_path = pg_catalog;"
                  // 17 and later have another limit, which would end a build too.
                  + " SELECT set_config('transaction_timeout', '0', false)"
                  + " WHERE current_setting('transaction_timeout', true) IS NOT NULL")
              .formatted(left.toMillis(), lockLimit.toMillis()));
      statement.execute(sql);
    } catch (SQLException e) {
      broken |= aborted || LinkTroubles.connectionLost(e);
      throw aborted || LinkTroubles.timedOut(e)
          ? trouble(e, deadline)
          : PgTrouble.of(new PgFailures(redactor).of(e));
    } finally {
      resetSession();
      busy = false;
    }
  }

  /** A pooler that keeps sessions may give this one to somebody else once we are gone. */
  private void resetSession() {
    if (broken || aborted) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute("RESET ALL");
    } catch (SQLException e) {
      // Of no use to anybody as it is: closed rather than given back.
      broken = true;
    }
  }

  private <T> T run(String begin, Deadline deadline, SqlWork<T> work, Ending ending)
      throws PgTrouble {
    return exchange(
        deadline,
        left -> {
          try (var statement = connection.createStatement()) {
            statement.execute(begin + ";" + marked(limits(left)));
          }
          var result = work.on(connection);
          // What was read stands, whatever becomes of the end of the transaction.
          ending.of(this);
          return result;
        });
  }

  /** What is done over the connection while nobody else uses it. */
  @FunctionalInterface
  private interface Exchange<T> {
    T within(Duration left) throws SQLException;
  }

  private <T> T exchange(Deadline deadline, Exchange<T> exchange) throws PgTrouble {
    var left = deadline.remaining();
    if (!aborted && left.toMillis() < 1) {
      throw LinkTroubles.nothingSent();
    }
    if (broken || aborted) {
      throw lost();
    }
    busy = true;
    boolean whole = false;
    try {
      var wire = left.compareTo(WIRE_LIMIT) < 0 ? left : WIRE_LIMIT;
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(wire.toMillis()));
      var result = exchange.within(left);
      whole = true;
      return result;
    } catch (SQLException e) {
      broken |= aborted || LinkTroubles.connectionLost(e);
      throw trouble(e, deadline);
    } finally {
      // Also after an error of ours: the next one must not find a transaction open.
      if (!whole && !broken && !aborted) {
        end("ROLLBACK");
      }
      busy = false;
    }
  }

  @FunctionalInterface
  private interface Ending {
    void of(PgLink link) throws SQLException;
  }

  /** Whether nothing more can be had over this connection. */
  boolean broken() {
    return broken || aborted;
  }

  /**
   * The limits of one transaction: through a transaction pooler a session's would reach other
   * clients. Rows that a policy hides are an error, not none. Not by SET, of which the server's
   * statistics before version 18 keep an entry for each value.
   */
  private static String limits(Duration left) {
    return """
        select pg_catalog.set_config('statement_timeout', '%d', true),
               pg_catalog.set_config('lock_timeout', '%d', true),
               pg_catalog.set_config('idle_in_transaction_session_timeout', '%d', true),
               pg_catalog.set_config('row_security', 'off', true),
               pg_catalog.set_config('search_path', 'pg_catalog', true)"""
        .formatted(
            Math.min(left.toMillis(), STATEMENT_LIMIT.toMillis()),
            LOCK_LIMIT.toMillis(),
            left.toMillis() + 1000);
  }

  private void end(String how) {
    try (var statement = connection.createStatement()) {
      statement.execute(how);
    } catch (SQLException e) {
      // The transaction read only, so nothing is lost with it but the connection.
      broken = true;
    }
  }

  private PgTrouble trouble(SQLException e, Deadline deadline) {
    if (aborted) {
      return lost();
    }
    return deadline.expired() || LinkTroubles.timedOut(e)
        ? LinkTroubles.noAnswer()
        : troubles.of(e);
  }

  private PgTrouble lost() {
    if (swallowed) {
      return LinkTroubles.answerLost();
    }
    return aborted ? LinkTroubles.closed() : LinkTroubles.brokeBefore();
  }

  /** A query of ours, so that the server's statistics tell it from the application's. */
  static String marked(String sql) {
    return FIRST_WORD.matcher(sql).replaceFirst("$0 " + MARK);
  }

  /** The role that we log in as, without the project that a pooler wants behind it. */
  String role() {
    return role(url);
  }

  static String role(PgUrl url) {
    var user = url.user().orElse("");
    var suffix = url.projectRef().map(ref -> "." + ref).orElse("");
    return !suffix.isEmpty() && user.endsWith(suffix)
        ? user.substring(0, user.length() - suffix.length())
        : user;
  }

  /** Whether it can be used further. */
  boolean sound() {
    return !(busy || broken || aborted);
  }

  /** Whether it was seen to lead to the server itself. */
  boolean direct() {
    return direct;
  }

  boolean pooled() {
    return url.kind().pooled();
  }

  /**
   * Asks whether a pooler stands between us and the server of which the address does not tell: it
   * gives its clients process ids of its own (facts/postgres.md §0). Asked only where it matters.
   *
   * @throws PgTrouble if it could not be asked
   */
  boolean hiddenPooler(Deadline deadline) throws PgTrouble {
    if (pooled()) {
      return false;
    }
    var pid =
        Ask.one("select pg_catalog.pg_backend_pid()", row -> row.getInt(1) != told(connection));
    read(deadline, pid);
    direct = !pid.only();
    return pid.only();
  }

  /** By reflection: the interface names annotations that are not there to compile with. */
  private static int told(Connection connection) throws SQLException {
    try {
      var type =
          Class.forName(
              "org.postgresql.PGConnection", false, connection.getClass().getClassLoader());
      return (int) type.getMethod("getBackendPID").invoke(connection.unwrap(type));
    } catch (ReflectiveOperationException e) {
      throw new SQLException("the driver does not tell the server's process id", e);
    }
  }

  PgUrl url() {
    return url;
  }

  Redactor redactor() {
    return redactor;
  }

  /** Evidence of what was read here. */
  Evidence evidence(String value, String view, @Nullable Instant serverTime, String query) {
    return Evidence.of(redactor.redact(value), source(view), time.now())
        .withDataAt(serverTime)
        .withByHand("psql \"$" + url.name() + "\" -c \"" + query + "\"");
  }

  /** The same of what nobody sees by one query. */
  Evidence evidence(String value, String view) {
    return Evidence.of(redactor.redact(value), source(view), time.now());
  }

  String source(String view) {
    return view + " via " + url.name() + " " + url.hosts().get(0);
  }

  /** Cuts a connection over which no answer comes although the server has given one. */
  void cutOff() {
    swallowed = true;
    abort();
  }

  /** Cuts the connection, from any thread; a reading under way ends at once. */
  void abort() {
    aborted = true;
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is cut already.
      broken = true;
    }
  }

  /** Takes leave of the server. A connection that broke, or is at work, is cut. */
  @Override
  public void close() {
    if (busy || broken || aborted) {
      abort();
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      abort();
    }
  }
}
