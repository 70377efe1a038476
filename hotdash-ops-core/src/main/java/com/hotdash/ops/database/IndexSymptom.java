package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import java.util.Map;

/** What an index is for: it stands, and the statement that it was built for uses it. */
final class IndexSymptom implements Symptom {
  /** The statement that must use it. */
  static final String STATEMENT = "statement";

  /** The name of the index that it must use. */
  static final String USED_BY = "index";

  /** The statement's plan before, as a person reads it. */
  static final String PLAN_BEFORE = "plan before";

  private final Symptom stands;
  private final DatabaseReader reader;
  private final Map<String, String> goal;

  IndexSymptom(Symptom stands, DatabaseReader reader, Map<String, String> goal) {
    this.stands = stands;
    this.reader = reader;
    this.goal = goal;
  }

  @Override
  public String goal() {
    return stands.goal()
        + (goal.containsKey(STATEMENT) ? ", and the plan of the statement uses it" : "");
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    var standing = stands.measure(deadline);
    var statement = goal.get(STATEMENT);
    var schema = reader.schema();
    if (statement == null
        || schema.isEmpty()
        || standing.toOptional().filter(seen -> !seen.present()).isEmpty()) {
      return standing;
    }
    var plan = schema.get().plan(statement, deadline);
    if (!(plan instanceof Reading.Read<StatementPlan> read)) {
      return Reading.unread(plan.obstacle().orElseThrow());
    }
    boolean used = read.value().indexes().contains(goal.getOrDefault(USED_BY, ""));
    var before = goal.get(PLAN_BEFORE);
    var summary =
        standing.toOptional().map(Measurement::summary).orElse("")
            + "; plan of the statement: "
            + read.value()
            + (before == null ? "" : " (before: " + before + ")");
    return standing.map(
        seen -> new Measurement(!used, summary, Map.of("cost", read.value().cost())));
  }
}
