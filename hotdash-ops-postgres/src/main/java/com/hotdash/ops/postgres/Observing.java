package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees one target as it is now. */
final class Observing {
  private static final String SESSION =
      """
      select a.backend_start, a.state, coalesce(a.state_change, a.backend_start) as state_change,
             a.xact_start, a.backend_type is null as hidden, <protection> as spared,
             pg_catalog.clock_timestamp() as now
      from pg_catalog.pg_stat_activity a
      left join pg_catalog.pg_roles r on r.oid = a.usesysid
      where a.pid = ?
      """;

  private static final String DATABASE =
      "select pg_catalog.pg_postmaster_start_time() as started,"
          + " pg_catalog.current_database()::text as name, pg_catalog.clock_timestamp() as now";

  /** A session as it is now, and why the guard would not let it be ended. */
  record Seen(TargetState state, @Nullable String spared, boolean hidden, @Nullable Instant now) {}

  private static final Seen NOT_THERE = new Seen(TargetState.GONE, null, false, null);

  private Observing() {}

  static Seen session(PgLink link, Target target, Deadline deadline) throws PgTrouble {
    var id = SessionSteps.session(target);
    return link.read(deadline, connection -> session(connection, link, target, id));
  }

  private static Seen session(Connection connection, PgLink link, Target target, SessionId id)
      throws SQLException {
    var sql = SESSION.replace("<protection>", Protection.guard(link.pooled()));
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, id.pid());
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return NOT_THERE;
        }
        if (row.getBoolean("hidden")) {
          return new Seen(TargetState.GONE, null, true, Rows.timeOf(row, "now"));
        }
        // The same number with another start is another session.
        if (!id.backendStart().equals(Rows.time(row, "backend_start"))) {
          return NOT_THERE;
        }
        var state = Rows.text(row, "state");
        var since = Rows.timeOf(row, "state_change");
        var started = Rows.time(row, "xact_start");
        if (target.kind().equals(SessionSteps.STATEMENT) && !runs(target, state, since)) {
          return NOT_THERE;
        }
        var fields =
            Map.of(
                SessionSteps.STATE,
                state,
                SessionSteps.STATE_CHANGE,
                since.toString(),
                SessionSteps.XACT_START,
                started == null ? SessionSteps.NONE : started.toString());
        return new Seen(
            TargetState.of(fields), row.getString("spared"), false, Rows.timeOf(row, "now"));
      }
    }
  }

  private static boolean runs(Target target, String state, Instant since) {
    int hash = target.id().indexOf('#');
    return state.equals(Session.ACTIVE)
        && (hash < 0 || target.id().substring(hash + 1).equals(since.toString()));
  }

  static Reading<TargetState> database(PgLink link, Deadline deadline) throws PgTrouble {
    var fields =
        link.read(
            deadline,
            connection -> {
              try (var statement = connection.createStatement();
                  var row = statement.executeQuery(PgLink.marked(DATABASE))) {
                row.next();
                var read = new HashMap<String, String>();
                read.put(SessionSteps.STARTED_AT, Rows.timeOf(row, "started").toString());
                read.put("name", Rows.text(row, "name"));
                return read;
              }
            });
    var value = "database " + fields.get("name") + " of a server that runs since ";
    return Reading.of(
        TargetState.of(fields),
        link.evidence(
            value + fields.get(SessionSteps.STARTED_AT),
            "pg_postmaster_start_time",
            null,
            "select current_database(), pg_postmaster_start_time();"));
  }
}
