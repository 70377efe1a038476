package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;

/** The role may not do that. The next step is the SQL that grants it. */
public final class PgPermissionException extends PgException {
  private static final long serialVersionUID = 1L;

  PgPermissionException(String operation, ConnectFailure failure) {
    super(operation, failure, false);
  }
}
