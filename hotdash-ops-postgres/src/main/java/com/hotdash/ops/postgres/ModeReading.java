package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Reads what the server allows and which schema changes it is busy with. */
final class ModeReading {
  // transaction_read_only says nothing here: our own transaction is read-only on purpose.
  private static final String MODE =
      """
      select split_part(pg_catalog.current_setting('server_version'), ' ', 1) as version,
             pg_catalog.pg_postmaster_start_time() as started,
             pg_catalog.pg_is_in_recovery() as recovery,
             pg_catalog.current_setting('default_transaction_read_only') = 'on' as read_only,
             (select count(*) from pg_catalog.pg_stat_activity a
              where a.backend_type is null and a.usesysid is not null and a.datid is not null)
               as hidden,
             pg_catalog.clock_timestamp() as now
      """;

  private static final String BY_HAND =
      "select version(), pg_postmaster_start_time(), pg_is_in_recovery(),"
          + " current_setting('default_transaction_read_only');";

  private record Row(ServerMode mode, int hidden, Instant now) {}

  private ModeReading() {}

  static Reading<ServerMode> of(PgLink link, Deadline deadline) throws PgTrouble {
    var row = link.read(deadline, connection -> read(connection, link));
    var mode = row.mode();
    var value =
        "PostgreSQL %s since %s%s%s; %d schema changes run"
            .formatted(
                mode.version(),
                mode.startedAt(),
                mode.inRecovery() ? ", in recovery" : "",
                mode.readOnly() ? ", read-only" : "",
                mode.changes().size());
    var evidence = link.evidence(value, "pg_settings, pg_stat_activity", row.now(), BY_HAND);
    return Reading.of(
        mode,
        row.hidden() == 0
            ? evidence
            : evidence.withCoverage(
                "the statements of %d sessions are hidden, so a change could run unseen; %s"
                    .formatted(row.hidden(), Grants.monitor(link.role()))));
  }

  private static Row read(Connection connection, PgLink link) throws SQLException {
    var found = new HashMap<Integer, RunningChange>();
    var mode = new AtomicReference<Row>();
    var queries = new ArrayList<OneTrip.Query>();
    queries.add(new OneTrip.Query(MODE, rows -> mode.set(row(rows))));
    queries.addAll(RunningChanges.queries(found));
    OneTrip.read(connection, queries);
    var row = mode.get();
    var changes =
        RunningChanges.some(found).stream()
            .map(
                change ->
                    new RunningChange(
                        change.pid(), link.redactor().redact(change.what()), change.waiting()))
            .toList();
    var read = row.mode();
    return new Row(
        new ServerMode(
            read.version(), read.startedAt(), read.inRecovery(), read.readOnly(), changes),
        row.hidden(),
        row.now());
  }

  private static Row row(ResultSet rows) throws SQLException {
    rows.next();
    boolean recovery = rows.getBoolean("recovery");
    return new Row(
        new ServerMode(
            Rows.text(rows, "version"),
            Rows.timeOf(rows, "started"),
            recovery,
            recovery || rows.getBoolean("read_only"),
            List.of()),
        rows.getInt("hidden"),
        Rows.timeOf(rows, "now"));
  }
}
