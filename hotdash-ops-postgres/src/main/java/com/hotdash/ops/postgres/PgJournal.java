package com.hotdash.ops.postgres;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.JournalException;
import com.hotdash.ops.resolution.JournalLines;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A journal in the table {@code hotdash_ops.journal}, for several machines that share nothing but
 * their database. The schema is one of its own, because Supabase serves {@code public} to the
 * world. {@link #create} makes both once; nothing else here changes the database but the lines.
 *
 * <p>It keeps one connection open from its first use to {@link #close}, and opens another when that
 * breaks. Each entry is committed before {@link #append} returns. A line has an id of its own, so
 * one whose answer was lost is sent again without being there twice.
 *
 * <p>In a database's incident it fails: name another journal with {@code
 * RunbookProcedures.builder().standby(…)}. Calls end within 1.8 s. Needs {@code usage} on the
 * schema, {@code select} and {@code insert} on the table. Thread-safe.
 */
public final class PgJournal implements Journal, AutoCloseable {
  // Below the two seconds after which the engine leaves a store behind.
  private static final Duration WITHIN = Duration.ofMillis(1_800);

  // As the file's: years of incidents.
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private static final String NO_SUCH_TABLE = "42P01";
  private static final String NO_SUCH_SCHEMA = "3F000";

  private static final String CREATE =
      """
      create schema if not exists hotdash_ops;
      create table if not exists hotdash_ops.journal (
        seq bigint generated always as identity primary key,
        id uuid not null unique,
        written_at timestamptz not null default now(),
        line text not null);
      """;

  private static final String APPEND =
      "insert into hotdash_ops.journal (id, line) values (?, ?) on conflict (id) do nothing";

  private static final String ALL = "select seq, line from hotdash_ops.journal";

  private static final String ONE = ALL + " where line::jsonb ->> 'execution' = ?";

  /** A line without execution stays among them: reading it is an error, and must be. */
  private static final String OPEN =
      ALL
          + """
           where coalesce(line::jsonb ->> 'execution', '') not in (
            select line::jsonb ->> 'execution' from hotdash_ops.journal
            where line::jsonb ->> 'event' in ('started', 'ended')
              and line::jsonb ->> 'execution' is not null
            group by 1 having count(distinct line::jsonb ->> 'event') = 2)
          """;

  private final Supplier<PgSight> sights;
  private final Time time;
  private final String place;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable PgSight sight;

  PgJournal(Supplier<PgSight> sights, Time time, String place) {
    this.sights = sights;
    this.time = time;
    this.place = place;
  }

  /**
   * Makes the schema and the table, if they are not there. Needs {@code create} on the database.
   *
   * @return this journal
   * @throws JournalException if they could not be made
   */
  public PgJournal create() {
    run(
        "create",
        (link, deadline) ->
            link.write(
                deadline,
                connection -> {
                  try (var statement = connection.createStatement()) {
                    return statement.execute(CREATE);
                  }
                }));
    return this;
  }

  @Override
  public void append(JournalEntry entry) {
    var id = UUID.randomUUID();
    var line = JournalLines.write(entry);
    run(
        "append",
        (link, deadline) -> link.write(deadline, connection -> insert(connection, id, line)));
  }

  private static int insert(Connection connection, UUID id, String line) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(APPEND))) {
      statement.setObject(1, id);
      statement.setString(2, line);
      return statement.executeUpdate();
    }
  }

  @Override
  public List<JournalEntry> entries() {
    return read(ALL, null);
  }

  @Override
  public List<JournalEntry> open() {
    return read(OPEN, null);
  }

  @Override
  public List<JournalEntry> of(String execution) {
    return read(ONE, execution);
  }

  private List<JournalEntry> read(String part, @Nullable String execution) {
    return run(
            "read",
            (link, deadline) ->
                link.read(deadline, connection -> lines(connection, part, execution)))
        .stream()
        .map(
            line ->
                JournalLines.read(line)
                    .orElseThrow(
                        () ->
                            failed(
                                "read",
                                "a line is no JSON, and this journal wrote none such",
                                "look who else writes to the table",
                                null)))
        .toList();
  }

  private List<String> lines(Connection connection, String part, @Nullable String execution)
      throws SQLException {
    try (var rows =
        query(
            connection,
            "select coalesce(sum(octet_length(line)), 0) from (" + part + ") part",
            execution)) {
      if (rows.next() && rows.getLong(1) > MAX_BYTES) {
        throw failed(
            "read", "it is larger than 64 MiB", "delete old lines once nothing is pending", null);
      }
    }
    var lines = new ArrayList<String>();
    try (var rows =
        query(connection, "select line from (" + part + ") part order by seq", execution)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  /** The statement closes with its rows. */
  private static ResultSet query(Connection connection, String sql, @Nullable String execution)
      throws SQLException {
    var statement = connection.prepareStatement(PgLink.marked(sql));
    statement.closeOnCompletion();
    if (execution != null) {
      statement.setString(1, execution);
    }
    return statement.executeQuery();
  }

  @Override
  public String place() {
    return place;
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(PgLink link, Deadline deadline) throws PgTrouble;
  }

  private <T> T run(String operation, Use<T> use) {
    var deadline = time.deadline(WITHIN);
    try {
      if (!turn.tryLock(WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
        throw failed(
            operation, "other calls took all the time", "see whether the database is slow", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(operation, "interrupted", "try again", null);
    }
    try {
      return run(operation, use, deadline);
    } finally {
      turn.unlock();
    }
  }

  private <T> T run(String operation, Use<T> use, Deadline deadline) {
    boolean fresh = sight == null;
    try {
      return once(use, deadline);
    } catch (PgTrouble first) {
      drop();
      if (fresh || !first.connectionLost()) {
        throw failed(operation, first);
      }
    }
    // It broke while nobody used it.
    try {
      return once(use, deadline);
    } catch (PgTrouble e) {
      drop();
      throw failed(operation, e);
    }
  }

  private <T> T once(Use<T> use, Deadline deadline) throws PgTrouble {
    var current = sight == null ? sights.get() : sight;
    sight = current;
    return use.of(current.link(deadline), deadline);
  }

  private void drop() {
    if (sight != null) {
      sight.close();
      sight = null;
    }
  }

  private JournalException failed(String operation, PgTrouble trouble) {
    var state = trouble.failure().sqlState();
    boolean absent = NO_SUCH_TABLE.equals(state) || NO_SUCH_SCHEMA.equals(state);
    var cause = PgException.of("journal." + operation, trouble);
    return failed(
        operation,
        trouble.failure().text(),
        absent ? "make it once with create()" : cause.nextStep().orElse("look at the database"),
        cause);
  }

  private JournalException failed(
      String operation, String problem, String nextStep, @Nullable OpsException cause) {
    return new JournalException(operation, place + ": " + problem, nextStep, cause);
  }

  /** Closes the connection. A later call opens another. */
  @Override
  public void close() {
    turn.lock();
    try {
      drop();
    } finally {
      turn.unlock();
    }
  }
}
