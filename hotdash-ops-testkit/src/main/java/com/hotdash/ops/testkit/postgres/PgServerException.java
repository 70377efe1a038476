package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Redactor;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The test server did not start, or did not do what it was told. */
public final class PgServerException extends OpsException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String sqlState;

  PgServerException(Fault fault, @Nullable Throwable cause) {
    super(fault, Redactor.SHAPES.cause(cause));
    this.sqlState = cause instanceof SQLException refused ? refused.getSQLState() : null;
  }

  static PgServerException of(String operation, SQLException cause) {
    var problem = Redactor.SHAPES.redact(String.valueOf(cause.getMessage()));
    return new PgServerException(Fault.of("testkit", operation, problem), cause);
  }

  static PgServerException of(String operation, String problem, @Nullable String nextStep) {
    return new PgServerException(
        Fault.of("testkit", operation, problem).withNextStep(nextStep), null);
  }

  /**
   * Returns PostgreSQL's own code for what went wrong.
   *
   * @return the SQLSTATE, if the server or the driver gave one
   */
  public Optional<String> sqlState() {
    return Optional.ofNullable(sqlState);
  }
}
