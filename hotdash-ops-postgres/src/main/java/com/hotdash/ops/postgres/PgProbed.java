package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found and, if all went well, the connection it made. Whoever takes the connection
 * closes it. It is in autocommit mode, marked read-only (which the driver heeds in transactions
 * only), and its socket timeout is what was left of the probe's deadline.
 *
 * @param probe how far it got
 * @param url the address, or {@code null} if it could not be understood
 * @param connection the open connection, or {@code null} if a stage failed
 */
record PgProbed(EndpointProbe probe, @Nullable PgUrl url, @Nullable Connection connection) {

  /** Why the last stage failed, if it did. */
  Optional<ConnectFailure> failure() {
    return probe.failed().flatMap(result -> Optional.ofNullable(result.failure()));
  }

  /** Whether the login was tried, and refused for its password or by a ban. */
  boolean passwordRefused() {
    return failure()
        .map(ConnectFailure::kind)
        .filter(kind -> kind == FailureKind.PASSWORD_REFUSED || kind == FailureKind.BANNED)
        .isPresent();
  }

  /** Whether a login at another address would offer the same password for the same user. */
  boolean sharesLogin(PgUrl other) {
    if (url == null || url.password().isEmpty() || other.password().isEmpty()) {
      return false;
    }
    boolean sameUser = url.user().equals(other.user());
    boolean sameProject =
        url.projectRef().isPresent() && url.projectRef().equals(other.projectRef());
    return (sameUser || sameProject) && url.password().get().matches(other.password().get());
  }
}
