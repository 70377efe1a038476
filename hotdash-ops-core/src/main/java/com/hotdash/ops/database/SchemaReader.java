package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.time.Deadline;

/**
 * What a database tells of what would be changed in it: tables, indexes, roles. It changes nothing,
 * and no method throws. Implementations are thread-safe.
 */
public interface SchemaReader {
  /**
   * Looks where an index is to be built.
   *
   * @param wanted the index
   * @param deadline when to stop looking
   * @return what there is; a table or column that is not there is an answer too
   */
  Reading<IndexSite> site(NewIndex wanted, Deadline deadline);

  /**
   * Looks at an index that is to be dropped.
   *
   * @param name its name, with its schema before a dot where more than one has it
   * @param deadline when to stop looking
   * @return what is known; an index that is not there is an answer too
   */
  Reading<IndexFacts> index(String name, Deadline deadline);

  /**
   * Asks how the server would run a statement. It is explained, never run.
   *
   * @param statement one statement, with {@code $1} for values that are not known
   * @param deadline when to stop looking
   * @return the plan for any values
   */
  Reading<StatementPlan> plan(String statement, Deadline deadline);

  /**
   * Reads how long a role's sessions may idle in a transaction.
   *
   * @param role its name
   * @param deadline when to stop looking
   * @return the limit; a role that is not there is an answer too
   */
  Reading<RoleLimit> idleTransactionLimit(String role, Deadline deadline);

  /**
   * Tells how a person would make a step.
   *
   * @param step a step that {@link SchemaSteps} made
   * @return one line
   */
  String byHand(Step step);
}
