package com.hotdash.ops.postgres;

import com.hotdash.ops.database.StatementPlan;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;

/** Asks how a statement would be run. The server understands its own JSON. */
final class PlanReading {
  private static final String WHAT = "plan of the statement";

  private static final String READ =
      """
      select (p.plan #>> '{0,Plan,Total Cost}')::float8 as cost,
             array(select distinct i #>> '{}'
                   from jsonb_path_query(p.plan, 'strict $.**."Index Name"', '{}', true) i
                   order by 1) as indexes,
             array(select distinct t #>> '{}'
                   from jsonb_path_query(p.plan,
                     'strict $.** ? (@."Node Type" == "Seq Scan")."Relation Name"', '{}', true) t
                   order by 1) as whole
      from (select ?::jsonb as plan) p
      """;

  private PlanReading() {}

  static Reading<StatementPlan> of(PgLink link, String statement, Deadline deadline)
      throws PgTrouble {
    var text = statement.strip().replaceFirst(";$", "");
    if (!PlanScan.plannable(text)) {
      return unread(
          Why.NOT_UNDERSTOOD,
          "one SELECT, INSERT, UPDATE or DELETE can be planned, without ; and \\ in it",
          "put $1 where its values are");
    }
    var refusal = PlanScan.refusal(link, text, deadline);
    if (!refusal.isEmpty()) {
      return unread(
          Why.NOT_CONFIGURED, refusal, "use a direct address and a role that is no superuser");
    }
    var plan =
        link.read(
            deadline, connection -> read(connection, PlanScan.json(connection, text, "default")));
    return Reading.of(plan, link.evidence(plan.toString(), "EXPLAIN"));
  }

  private static Reading<StatementPlan> unread(Why why, String detail, String remedy) {
    return Reading.unread(new NotChecked(WHAT, why, detail, remedy));
  }

  private static StatementPlan read(Connection connection, String json) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(READ))) {
      statement.setString(1, json);
      try (var row = statement.executeQuery()) {
        row.next();
        return new StatementPlan(
            row.getDouble("cost"), Relations.texts(row, "indexes"), Relations.texts(row, "whole"));
      }
    }
  }
}
