package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** The server's end of one of our own connections. It may go on when ours is cut. */
record Backend(int pid, Instant start) {
  private static final String OWN =
      "select a.pid, a.backend_start from pg_catalog.pg_stat_activity a"
          + " where a.pid = pg_catalog.pg_backend_pid()";

  private static final String WORKS =
      """
      select exists (select 1 from pg_catalog.pg_stat_activity a
                     where a.pid = ? and a.backend_start = ? and a.state = 'active'
                       and a.query ~* '^(create|drop) ')
      """;

  // Only what may be seen is there; an ordinary role sees its own.
  private static final String PROGRESS =
      """
      select p.phase, p.blocks_done, p.blocks_total, p.tuples_done, p.tuples_total,
             p.lockers_done, p.lockers_total, p.current_locker_pid
      from pg_catalog.pg_stat_progress_create_index p where p.pid = ?
      """;

  static Backend of(PgLink link, Deadline deadline) throws PgTrouble {
    return link.read(
        deadline,
        connection -> {
          try (var statement = connection.createStatement();
              var row = statement.executeQuery(PgLink.marked(OWN))) {
            row.next();
            return new Backend(row.getInt("pid"), Rows.timeOf(row, "backend_start"));
          }
        });
  }

  /** Whether it still works on the statement that we have sent. */
  boolean works(PgLink link, Deadline deadline) throws PgTrouble {
    return link.read(
        deadline,
        connection -> {
          try (var statement = connection.prepareStatement(PgLink.marked(WORKS))) {
            statement.setInt(1, pid);
            statement.setObject(2, Rows.bound(start));
            try (var row = statement.executeQuery()) {
              row.next();
              return row.getBoolean(1);
            }
          }
        });
  }

  /** How far a build is, or "" if that is hidden or it is over. */
  static String progress(PgLink link, int pid, Deadline deadline) throws PgTrouble {
    return link.read(
        deadline,
        connection -> {
          try (var statement = connection.prepareStatement(PgLink.marked(PROGRESS))) {
            statement.setInt(1, pid);
            try (var row = statement.executeQuery()) {
              return row.next() ? told(row) : "";
            }
          }
        });
  }

  private static String told(ResultSet row) throws SQLException {
    var phase = Rows.text(row, "phase");
    if (row.getLong("lockers_total") > 0) {
      return "%s (%d of %d, behind pid %d)"
          .formatted(
              phase,
              row.getLong("lockers_done"),
              row.getLong("lockers_total"),
              row.getLong("current_locker_pid"));
    }
    if (row.getLong("blocks_total") > 0) {
      return "%s (%d of %d blocks)"
          .formatted(phase, row.getLong("blocks_done"), row.getLong("blocks_total"));
    }
    return row.getLong("tuples_total") > 0
        ? "%s (%d of %d rows)"
            .formatted(phase, row.getLong("tuples_done"), row.getLong("tuples_total"))
        : phase;
  }
}
