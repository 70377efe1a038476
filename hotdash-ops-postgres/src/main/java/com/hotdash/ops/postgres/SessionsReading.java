package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads who is connected. Without pg_monitor, others' sessions are counted and not shown. */
final class SessionsReading {
  private static final String COUNT =
      """
      select count(*) filter (where a.backend_type = 'client backend') as visible,
             count(*) filter (where a.backend_type is null) as hidden,
             pg_catalog.clock_timestamp() as now
      from pg_catalog.pg_stat_activity a
      where a.pid <> pg_catalog.pg_backend_pid() and %s
      """
          .formatted(CapacityReading.IS_CLIENT);

  private static final String ROWS =
      """
      select a.pid, a.backend_start, a.usename::text as usename, a.datname::text as datname,
             a.application_name, pg_catalog.host(a.client_addr) as client, a.state,
             coalesce(a.state_change, a.backend_start) as state_change, a.xact_start,
             a.wait_event_type, a.wait_event, left(a.query, 4000) as query, <spared> as spared,
             <out of reach> as out_of_reach
      from pg_catalog.pg_stat_activity a
      left join pg_catalog.pg_roles r on r.oid = a.usesysid
      where a.backend_type = 'client backend' and a.backend_start is not null
        and a.pid <> pg_catalog.pg_backend_pid()
      order by a.state = 'idle', a.state_change, a.pid
      limit <most>
      """;

  private static final String BY_HAND =
      "select pid, usename, application_name, state, now() - state_change as age, query from"
          + " pg_stat_activity where backend_type = 'client backend' order by state_change;";

  private SessionsReading() {}

  static Reading<Sessions> of(PgLink link, int most, Deadline deadline) throws PgTrouble {
    var counted = Ask.one(COUNT, SessionsReading::count);
    var visible = Ask.of(rows(link, most), row -> session(row, link.redactor()));
    link.read(deadline, counted, visible);
    var count = counted.only();
    int beyond = Math.max(0, count.visible() - visible.all().size());
    var sessions = new Sessions(visible.all(), count.hidden() + beyond, count.now());
    var evidence =
        link.evidence(value(sessions), "pg_stat_activity", sessions.serverTime(), BY_HAND);
    if (sessions.hidden() > 0) {
      evidence =
          evidence.withCoverage(
              "%d of %d sessions; %s"
                  .formatted(
                      sessions.visible().size(),
                      sessions.visible().size() + sessions.hidden(),
                      sessions.visible().size() >= most
                          ? "the bound is " + most
                          : "the rest needs " + Grants.monitor(link.role())));
    }
    return Reading.of(sessions, evidence);
  }

  private record Count(int visible, int hidden, Instant now) {}

  private static Count count(ResultSet row) throws SQLException {
    return new Count(row.getInt("visible"), row.getInt("hidden"), Rows.timeOf(row, "now"));
  }

  private static String rows(PgLink link, int most) {
    return ROWS.replace("<spared>", Protection.spared(link.pooled()))
        .replace("<out of reach>", Protection.outOfReach())
        .replace("<most>", String.valueOf(most));
  }

  private static Session session(ResultSet row, Redactor redactor) throws SQLException {
    return new Session(
        new SessionId(row.getInt("pid"), Rows.timeOf(row, "backend_start")),
        Rows.text(row, "usename"),
        Rows.text(row, "datname"),
        redactor.redact(Rows.text(row, "application_name")),
        row.getString("client"),
        Rows.text(row, "state"),
        Rows.timeOf(row, "state_change"),
        Rows.time(row, "xact_start"),
        waitEvent(row),
        redactor.redact(QueryText.template(Rows.text(row, "query"))),
        row.getString("spared"),
        row.getString("out_of_reach"));
  }

  private static @Nullable String waitEvent(ResultSet row) throws SQLException {
    var type = row.getString("wait_event_type");
    // What an idle session waits for is its client, which its state says already.
    return type == null || type.equals("Client") ? null : type + ": " + row.getString("wait_event");
  }

  private static String value(Sessions sessions) {
    var byState = count(sessions.visible().stream().map(Session::state).toList());
    var states =
        byState.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return sessions.visible().size()
        + " client sessions besides our own"
        + (states.isEmpty() ? "" : ": " + states)
        + (sessions.hidden() == 0 ? "" : "; " + sessions.hidden() + " more that we can't see");
  }

  static Map<String, Integer> count(List<String> words) {
    var counts = new TreeMap<String, Integer>();
    words.forEach(word -> counts.merge(word.isEmpty() ? "(none)" : word, 1, Integer::sum));
    return counts;
  }
}
