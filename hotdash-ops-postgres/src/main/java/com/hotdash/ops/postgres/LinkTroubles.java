package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.evidence.NotChecked.Why;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Optional;

/** What is said of a connection, or of a statement on it, that gave nothing. */
final class LinkTroubles {
  private static final int DEEPEST = 16;

  private final PgUrl url;

  LinkTroubles(PgUrl url) {
    this.url = url;
  }

  /** What the driver or the server said, by its cause. */
  PgTrouble of(SQLException e) {
    var failure = new PgFailures(url.redactor()).of(e);
    return failure.kind() == FailureKind.NOT_PERMITTED
        ? new PgTrouble(
            Why.NOT_PERMITTED,
            new ConnectFailure(
                failure.kind(),
                failure.sqlState(),
                failure.text(),
                Grants.monitor(PgLink.role(url))))
        : PgTrouble.of(failure);
  }

  PgTrouble sharedSession() {
    return new PgTrouble(
        Why.NOT_CONFIGURED,
        new ConnectFailure(
            FailureKind.OTHER,
            null,
            url.name() + " leads to a pooler, where settings of ours would reach other clients",
            "set DIRECT_URL to a direct address"));
  }

  static PgTrouble nothingSent() {
    return late("nothing was sent");
  }

  static PgTrouble noAnswer() {
    return late("the server did not answer in time");
  }

  private static PgTrouble late(String text) {
    return new PgTrouble(
        Why.TIMED_OUT,
        new ConnectFailure(
            FailureKind.DEADLINE,
            null,
            text + " before the deadline",
            "allow more time, or see whether the server or the way to it is overloaded"));
  }

  static PgTrouble answerLost() {
    return new PgTrouble(
        Why.UNREACHABLE,
        new ConnectFailure(
            FailureKind.CLOSED_BY_PEER,
            null,
            "the server was done, and its answer did not arrive",
            "see what lets idle connections die on the way"));
  }

  static PgTrouble closed() {
    return new PgTrouble(
        Why.CANCELLED,
        new ConnectFailure(FailureKind.NOT_TRIED, null, "the look was closed", "look again"));
  }

  static PgTrouble brokeBefore() {
    return new PgTrouble(
        Why.UNREACHABLE,
        new ConnectFailure(
            FailureKind.CLOSED_BY_PEER,
            null,
            "the connection broke at an earlier reading, and one look logs in once only",
            "look again"));
  }

  /** Whether the wire was silent for as long as it was waited for. */
  static boolean timedOut(Throwable thrown) {
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < DEEPEST; t = t.getCause(), depth++) {
      if (t instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  static boolean connectionLost(SQLException e) {
    var state = Optional.ofNullable(e.getSQLState()).orElse("");
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("25P");
  }
}
