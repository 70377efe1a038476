package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

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

  private record Row(ServerMode mode, int hidden, Instant now) {
    Row with(List<RunningChange> changes) {
      return new Row(
          new ServerMode(
              mode.version(), mode.startedAt(), mode.inRecovery(), mode.readOnly(), changes),
          hidden,
          now);
    }
  }

  private ModeReading() {}

  static Reading<ServerMode> of(PgLink link, Deadline deadline) throws PgTrouble {
    var asked = Ask.one(MODE, ModeReading::row);
    var changes = new RunningChanges();
    link.read(
        deadline, asked, changes.prisma, changes.statements, changes.builds, changes.rewrites);
    var row = asked.only().with(changes.all(link.redactor()));
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

  private static Row row(ResultSet rows) throws SQLException {
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
