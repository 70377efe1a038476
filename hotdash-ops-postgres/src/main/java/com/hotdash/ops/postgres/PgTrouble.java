package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;

/** A connection or a statement that gave nothing: becomes an obstacle or an exception outside. */
final class PgTrouble extends Exception {
  private static final long serialVersionUID = 1L;

  private final Why why;
  private final transient ConnectFailure failure;

  PgTrouble(Why why, ConnectFailure failure) {
    super(failure.toString());
    this.why = why;
    this.failure = failure;
  }

  /** Tells the kind of obstacle from the cause. */
  static PgTrouble of(ConnectFailure failure) {
    return new PgTrouble(why(failure.kind()), failure);
  }

  Why why() {
    return why;
  }

  /** Whether the connection was lost, rather than a statement refused. */
  boolean connectionLost() {
    return why == Why.UNREACHABLE || why == Why.CANCELLED;
  }

  ConnectFailure failure() {
    return failure;
  }

  NotChecked notChecked(String what) {
    return new NotChecked(what, why, failure.toString(), failure.nextStep());
  }

  private static Why why(FailureKind kind) {
    return switch (kind) {
      case NOT_PERMITTED -> Why.NOT_PERMITTED;
      case DEADLINE, STATEMENT_TIMEOUT, LOCK_TIMEOUT -> Why.TIMED_OUT;
      case OTHER -> Why.NOT_UNDERSTOOD;
      default -> Why.UNREACHABLE;
    };
  }
}
