package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import java.util.Optional;

/**
 * PostgreSQL did not do what was asked. Subtypes tell whether it could not be reached, would not,
 * or failed at it.
 */
public abstract class PgException extends OpsException {
  private static final long serialVersionUID = 1L;

  private final transient ConnectFailure failure;

  PgException(String operation, ConnectFailure failure, boolean retryable) {
    super(fault(operation, failure, retryable), null);
    this.failure = failure;
  }

  private static Fault fault(String operation, ConnectFailure failure, boolean retryable) {
    var fault =
        Fault.of("postgres", operation, failure.toString()).withNextStep(failure.nextStep());
    return retryable ? fault.asRetryable(null) : fault;
  }

  static PgException of(String operation, PgTrouble trouble) {
    return switch (trouble.why()) {
      case NOT_PERMITTED -> new PgPermissionException(operation, trouble.failure());
      case UNREACHABLE -> new PgUnavailableException(operation, trouble.failure());
      default -> new PgStatementException(operation, trouble.failure());
    };
  }

  /**
   * Returns PostgreSQL's code of the error.
   *
   * @return five characters, if the server or the driver gave them
   */
  public Optional<String> sqlState() {
    return Optional.ofNullable(failure.sqlState());
  }

  /**
   * Returns the cause by its name.
   *
   * @return the cause
   */
  public FailureKind kind() {
    return failure.kind();
  }
}
