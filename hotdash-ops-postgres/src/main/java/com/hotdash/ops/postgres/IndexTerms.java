package com.hotdash.ops.postgres;

import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * On what terms this server lets indexes be built and dropped without keeping anybody out.
 *
 * @param lockWait how long a build waits for each lock and transaction
 * @param noSession why no address keeps a session; empty if one does
 */
record IndexTerms(Duration lockWait, String noSession) {
  private static final String SERVER =
      """
      select pg_catalog.current_setting('server_version_num')::int as version,
             pg_catalog.current_setting('server_version') as name,
             pg_catalog.pg_is_in_recovery() as recovery,
             pg_catalog.current_setting('default_transaction_read_only') = 'on' as read_only
      """;

  /**
   * The terms over a certain connection: an address may hide that it leads to a pooler.
   *
   * @throws PgTrouble if it could not be asked
   */
  IndexTerms over(PgLink link, Deadline deadline) throws PgTrouble {
    return noSession.isEmpty() && link.hiddenPooler(deadline)
        ? new IndexTerms(lockWait, hidden(link))
        : this;
  }

  static String hidden(PgLink link) {
    return link.url().name() + " leads to a pooler, though it does not say so";
  }

  List<Objection> objections(Connection connection) throws SQLException {
    var against = new ArrayList<Objection>();
    if (!noSession.isEmpty()) {
      against.add(
          Objection.hard(
              "no-session-address",
              noSession + ", where a build can have no time limits of its own",
              "set DIRECT_URL to a direct or session address"));
    }
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(PgLink.marked(SERVER))) {
      row.next();
      int version = row.getInt("version");
      // 14.4 corrects it: indexes could miss rows that were changed during the build.
      if (version >= 140_000 && version < 140_004) {
        against.add(
            Objection.hard(
                "corrupting-version",
                "PostgreSQL " + Rows.text(row, "name") + " may build indexes that miss rows",
                "upgrade to 14.4 or later first"));
      }
      if (row.getBoolean("recovery") || row.getBoolean("read_only")) {
        against.add(
            Objection.hard(
                "read-only-server",
                row.getBoolean("recovery")
                    ? "this is a standby"
                    : "default_transaction_read_only is on",
                "use the primary's address; Supabase turns writes off when the disk is nearly"
                    + " full"));
      }
    }
    return against;
  }
}
