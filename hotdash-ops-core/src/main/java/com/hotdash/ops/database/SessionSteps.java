package com.hotdash.ops.database;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.time.Instant;
import java.util.Map;

/**
 * The words in which steps on sessions are written, which the resolutions and a database's control
 * share. Times are in ISO form by the server's clock, to the microsecond.
 */
public final class SessionSteps {
  /** Ends the running statement, which is the step's target; the session stays. */
  public static final String CANCEL = "statement.cancel";

  /** Ends the session, which is the step's target; its open transaction is rolled back. */
  public static final String TERMINATE = "session.terminate";

  /** The kind of a session as a target; its id is {@link SessionId#toString}. */
  public static final String SESSION = "database.session";

  /**
   * The kind of one running statement as a target; its id is that of the session, a {@code #}, and
   * the time since when the session is active. It is gone when the session does something else.
   */
  public static final String STATEMENT = "database.statement";

  /** The kind of a database as the target of a whole plan; it exists while it can be reached. */
  public static final String DATABASE = "database";

  /** The field with the session's state. */
  public static final String STATE = "state";

  /** The field with the time since when it is in this state. */
  public static final String STATE_CHANGE = "state_change";

  /** The field with the time at which its transaction began, {@value #NONE} if it has none. */
  public static final String XACT_START = "xact_start";

  /** The value of a time that is not there. */
  public static final String NONE = "none";

  /** The field with the time at which the server began, in the state of a {@link #DATABASE}. */
  public static final String STARTED_AT = "started_at";

  private SessionSteps() {}

  /**
   * Tells the fields by which a session was judged, and which must not have changed.
   *
   * @param session the session
   * @return the fields
   */
  public static Map<String, String> fields(Session session) {
    var since = session.transactionSince();
    return Map.of(
        STATE,
        session.state(),
        STATE_CHANGE,
        session.stateSince().toString(),
        XACT_START,
        since == null ? NONE : since.toString());
  }

  /**
   * Makes the step that ends a session.
   *
   * @param session the session
   * @return the step; nothing takes it back
   */
  public static Step terminate(Session session) {
    return end(TERMINATE, new Target(SESSION, session.id().toString(), label(session)), session);
  }

  /**
   * Makes the step that ends the running statement of a session.
   *
   * @param session an active session
   * @return the step; nothing takes it back
   */
  public static Step cancel(Session session) {
    var id = statement(session);
    return end(CANCEL, new Target(STATEMENT, id, "statement of " + label(session)), session);
  }

  static String statement(Session session) {
    return session.id() + "#" + session.stateSince();
  }

  /**
   * Reads a session's identity back from a target.
   *
   * @param target a target of kind {@link #SESSION} or {@link #STATEMENT}
   * @return the identity
   * @throws IllegalArgumentException if the target is of another kind or its id is malformed
   */
  public static SessionId session(Target target) {
    var id = target.id();
    int at = id.indexOf('@');
    int end = id.indexOf('#') < 0 ? id.length() : id.indexOf('#');
    if (at < 1 || !(target.kind().equals(SESSION) || target.kind().equals(STATEMENT))) {
      throw new IllegalArgumentException("not a session: " + target.kind() + " " + id);
    }
    return new SessionId(
        Integer.parseInt(id.substring(0, at)), Instant.parse(id.substring(at + 1, end)));
  }

  private static Step end(String kind, Target target, Session session) {
    var before = Map.of(STATE, session.state());
    return new Step(kind, target, fields(session), before, Step.GONE, null);
  }

  private static String label(Session session) {
    var label = "pid " + session.id().pid() + " " + session.user() + "@" + session.database();
    return session.application().isBlank() ? label : label + " (" + session.application() + ")";
  }
}
