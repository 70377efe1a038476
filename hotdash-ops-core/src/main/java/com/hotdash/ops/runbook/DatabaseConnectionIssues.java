package com.hotdash.ops.runbook;

import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.database.SessionChoice;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.platform.EdgeAnswers;
import com.hotdash.ops.procedure.DatabaseConnectionProcedure;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Resolution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The fourth incident: the application cannot get database connections, or cannot use them.
 * Diagnosing only reads. Thread-safe.
 */
public final class DatabaseConnectionIssues implements Chapter {
  private final Judge judge;
  private final Engine engine;
  private final @Nullable DatabaseReader database;
  private final DatabaseThresholds thresholds;
  private final EdgeAnswers answers;

  DatabaseConnectionIssues(
      Judge judge,
      Engine engine,
      @Nullable DatabaseReader database,
      DatabaseThresholds thresholds,
      EdgeAnswers answers) {
    this.judge = judge;
    this.engine = engine;
    this.database = database;
    this.thresholds = thresholds;
    this.answers = answers;
  }

  @Override
  public Incident incident() {
    return Incident.DATABASE_CONNECTION_ISSUES;
  }

  /**
   * Looks at the database and judges.
   *
   * @param within how long the look may take, more than zero
   * @return the diagnosis; what could not be looked at is listed there
   */
  @Override
  public Diagnosis diagnose(Duration within) {
    return judge.diagnose(new DatabaseConnectionProcedure(thresholds), within);
  }

  /**
   * Ends the sessions that are idle in transaction and have kept others waiting for longer than the
   * threshold, or have been idle for longer than the threshold, 20 at most. Cannot be undone.
   *
   * @return the resolution, to be planned
   */
  public Resolution endSessions() {
    return endSessions(
        SessionChoice.idleInTransactionOrBlocking(thresholds.idleInTransaction())
            .blockingFor(thresholds.lockWait()));
  }

  /**
   * Ends chosen sessions. Cannot be undone.
   *
   * @param choice which
   * @return the resolution, to be planned
   * @throws ConfigurationException if no database is configured
   */
  public Resolution endSessions(SessionChoice choice) {
    if (database == null) {
      throw new ConfigurationException(
          Fault.of("runbook", EndSessions.ID, "no database is configured")
              .withNextStep("set DATABASE_URL, or hand the builder a database"));
    }
    var action = new EndSessions(database);
    return engine.resolution(
        EndSessions.ID,
        deadline -> action.propose(choice, deadline).map(each -> answers.measured(each, deadline)));
  }

  /**
   * Cancels the statements that wait for a strong lock themselves and hold up all behind them.
   *
   * @return the resolution, to be planned
   */
  public Resolution cancelQueueHeads() {
    return endSessions(SessionChoice.queueHeads().blockingFor(thresholds.lockWait()));
  }

  /**
   * Ends those that others have waited for longer than the threshold: cancels running statements,
   * ends idle transactions.
   *
   * @return the resolution, to be planned
   */
  public Resolution endBlockers() {
    return endSessions(SessionChoice.blockers().blockingFor(thresholds.lockWait()));
  }

  /**
   * Ends the oldest idle sessions of an application that leaks them, to regain slots in an
   * emergency.
   *
   * @param application the name that it gives itself; empty for those that give none
   * @return the resolution, to be planned
   */
  public Resolution endIdle(String application) {
    return endSessions(
        SessionChoice.idle(thresholds.idleInTransaction()).ofApplication(application));
  }

  /**
   * Ends the statement that a session runs; if it runs none, ends the session.
   *
   * @param session which
   * @return the resolution, to be planned
   */
  public Resolution endSession(SessionId session) {
    return endSessions(SessionChoice.one(session));
  }

  @Override
  public String toString() {
    return "Database connection issues: diagnose(), endSessions(), cancelQueueHeads(),"
        + " endBlockers(), endIdle(application), endSession(id)";
  }
}
