package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.secret.Redactor;

/**
 * Says what an error of PostgreSQL, its drivers, its poolers, HikariCP or Prisma means, and what to
 * do next. Asks nobody. Thread-safe.
 */
public final class PgErrors {
  private static final PgFailures FAILURES = new PgFailures(Redactor.SHAPES);

  private PgErrors() {}

  /**
   * Explains what somebody copied from a log or a console: one line or many, with or without a
   * SQLSTATE, and Prisma's codes {@code P1000} to {@code P1017}, {@code P2024} and {@code P2037}.
   *
   * @param pasted the text; only its first 65,536 characters are read
   * @return the cause, {@code OTHER} if it is not known; its text is shortened, and what looks like
   *     a credential is masked
   */
  public static ConnectFailure explain(String pasted) {
    return FAILURES.of(pasted);
  }

  /**
   * Explains an exception, with all its causes, suppressed and next exceptions.
   *
   * @param thrown what a driver or pool threw
   * @return the cause, {@code OTHER} if it is not known; its text is shortened, and what looks like
   *     a credential is masked
   */
  public static ConnectFailure explain(Throwable thrown) {
    return FAILURES.of(thrown);
  }
}
