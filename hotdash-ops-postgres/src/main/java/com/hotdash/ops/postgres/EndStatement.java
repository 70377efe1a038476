package com.hotdash.ops.postgres;

import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.resolution.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends one session or its statement, if and only if everything that it was judged by still holds:
 * check and signal are one statement, so neither a reused process id nor a session that moved on
 * can be hit.
 */
final class EndStatement {
  private static final String GUARDED =
      """
      select pg_catalog.<function>(a.pid) as signalled
      from pg_catalog.pg_stat_activity a
      left join pg_catalog.pg_roles r on r.oid = a.usesysid
      where a.pid = ? and a.backend_start = ? and a.state = ? and a.state_change = ?
        and a.xact_start is not distinct from ?
        and a.backend_type = 'client backend' and a.pid <> pg_catalog.pg_backend_pid()
        and (<protection>) is null
      """;

  private static final String SESSION_THERE =
      "select exists (select 1 from pg_catalog.pg_stat_activity a"
          + " where a.pid = ? and a.backend_start = ?)";

  private static final String STATEMENT_THERE =
      "select exists (select 1 from pg_catalog.pg_stat_activity a"
          + " where a.pid = ? and a.backend_start = ? and a.state = 'active'"
          + " and a.state_change = ?)";

  private final boolean terminates;
  private final SessionId session;
  private final String state;
  private final Instant stateChange;
  private final @Nullable Instant transactionStart;
  private boolean sent;

  private EndStatement(Step step) {
    this.terminates = step.kind().equals(SessionSteps.TERMINATE);
    this.session = SessionSteps.session(step.target());
    this.state = assumed(step, SessionSteps.STATE);
    this.stateChange = Instant.parse(assumed(step, SessionSteps.STATE_CHANGE));
    var start = assumed(step, SessionSteps.XACT_START);
    this.transactionStart = start.equals(SessionSteps.NONE) ? null : Instant.parse(start);
  }

  /**
   * Understands a step.
   *
   * @throws IllegalArgumentException if it is of another kind, or lacks what the guard needs
   * @throws java.time.DateTimeException if a time in it is malformed
   */
  static EndStatement of(Step step) {
    var kind = step.kind();
    if (!kind.equals(SessionSteps.TERMINATE) && !kind.equals(SessionSteps.CANCEL)) {
      throw new IllegalArgumentException("a database's control does not know " + kind);
    }
    return new EndStatement(step);
  }

  private static String assumed(Step step, String field) {
    return Optional.ofNullable(step.assumes().get(field))
        .orElseThrow(() -> new IllegalArgumentException("the step does not assume a " + field));
  }

  boolean terminates() {
    return terminates;
  }

  /** Whether the server may have got it. */
  boolean sent() {
    return sent;
  }

  /** Sends it: true if the signal went out, false if the process was gone, null if guarded off. */
  @Nullable Boolean send(Connection connection, boolean pooled) throws SQLException {
    var function = terminates ? "pg_terminate_backend" : "pg_cancel_backend";
    var sql =
        GUARDED.replace("<function>", function).replace("<protection>", Protection.guard(pooled));
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, session.pid());
      statement.setObject(2, utc(session.backendStart()));
      statement.setString(3, state);
      statement.setObject(4, utc(stateChange));
      if (transactionStart == null) {
        statement.setNull(5, Types.TIMESTAMP_WITH_TIMEZONE);
      } else {
        statement.setObject(5, utc(transactionStart));
      }
      sent = true;
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getBoolean("signalled") : null;
      }
    }
  }

  /** Whether what it was to end is still there. */
  boolean there(Connection connection) throws SQLException {
    try (var statement =
        connection.prepareStatement(terminates ? SESSION_THERE : STATEMENT_THERE)) {
      statement.setInt(1, session.pid());
      statement.setObject(2, utc(session.backendStart()));
      if (!terminates) {
        statement.setObject(3, utc(stateChange));
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
