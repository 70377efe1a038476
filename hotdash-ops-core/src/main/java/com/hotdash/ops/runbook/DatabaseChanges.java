package com.hotdash.ops.runbook;

import com.hotdash.ops.database.CreateIndex;
import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.database.DropIndex;
import com.hotdash.ops.database.LimitIdleTransactions;
import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.database.ResizePool;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.platform.EdgeAnswers;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Resolution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about the database itself: its indexes, what a role may do, and the
 * application's own pool. Sessions are ended by {@link DatabaseConnectionIssues}. Thread-safe.
 */
public final class DatabaseChanges {
  private final Engine engine;
  private final @Nullable DatabaseReader database;
  private final Duration buildWithin;
  private final EdgeAnswers answers;

  DatabaseChanges(
      Engine engine, @Nullable DatabaseReader database, Duration buildWithin, EdgeAnswers answers) {
    this.engine = engine;
    this.database = database;
    this.buildWithin = buildWithin;
    this.answers = answers;
  }

  static void register(
      DatabaseReader database, Duration buildWithin, EdgeAnswers answers, Engine.Builder engine) {
    engine
        .action(answers.measuring(new CreateIndex(database, buildWithin)))
        .action(new DropIndex(database, buildWithin))
        .action(new LimitIdleTransactions(database))
        .action(new ResizePool(database));
  }

  /**
   * Builds an index while the application goes on writing, with {@link #createIndex(NewIndex)}.
   *
   * @param table the table as the catalogue has it, with its schema before a dot where more than
   *     one has the name
   * @param columns its columns, in the index's order
   * @return the resolution, to be planned
   * @throws IllegalArgumentException if a name cannot be one
   * @throws ConfigurationException if no database is configured
   */
  public Resolution createIndex(String table, String... columns) {
    return createIndex(NewIndex.on(table, columns));
  }

  /**
   * Builds an index while the application goes on writing. Needs the rights of the table's owner
   * and an address that keeps a session: past a transaction pooler. A build that fails cleans up
   * after itself, or says what it left.
   *
   * @param wanted such as {@code NewIndex.on("orders", "shop_id").forStatement("select …")}
   * @return the resolution, to be planned
   * @throws ConfigurationException if no database is configured
   */
  public Resolution createIndex(NewIndex wanted) {
    var action = new CreateIndex(configured(CreateIndex.ID), buildWithin);
    return engine.resolution(
        action.id(),
        deadline -> action.propose(wanted, deadline).map(each -> answers.measured(each, deadline)));
  }

  /**
   * Drops an index while the application goes on. Undone by building it again.
   *
   * @param name the index as the catalogue has it, with its schema before a dot where more than one
   *     has the name
   * @return the resolution, to be planned
   * @throws ConfigurationException if no database is configured
   */
  public Resolution dropIndex(String name) {
    var action = new DropIndex(configured(DropIndex.ID), buildWithin);
    return engine.resolution(action.id(), deadline -> action.propose(name, deadline));
  }

  /**
   * Has the server end a role's sessions that idle in a transaction for too long. Holds for
   * sessions that begin afterwards.
   *
   * @param role the role as the catalogue has it
   * @param limit how long a session may idle, 1 s to 24 days
   * @return the resolution, to be planned
   * @throws ConfigurationException if no database is configured
   */
  public Resolution limitIdleTransactions(String role, Duration limit) {
    var action = new LimitIdleTransactions(configured(LimitIdleTransactions.ID));
    return engine.resolution(action.id(), deadline -> action.propose(role, limit, deadline));
  }

  /**
   * Changes how many connections the application's own pool may have, in this process. The pool
   * must have been handed in.
   *
   * @param size how many, 1 to 1,000
   * @return the resolution, to be planned
   * @throws ConfigurationException if no database is configured
   */
  public Resolution resizePool(int size) {
    var action = new ResizePool(configured(ResizePool.ID));
    return engine.resolution(action.id(), deadline -> action.propose(size, deadline));
  }

  private DatabaseReader configured(String action) {
    if (database == null) {
      throw new ConfigurationException(
          Fault.of("runbook", action, "no database is configured")
              .withNextStep("set DATABASE_URL, or hand the builder a database"));
    }
    return database;
  }

  @Override
  public String toString() {
    return "Database: createIndex(table, columns…), dropIndex(name), limitIdleTransactions(role,"
        + " duration),\n  resizePool(size)";
  }
}
