package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind.Layer;

/** A statement failed or came to no end in time, over a connection that could be had. */
public final class PgStatementException extends PgException {
  private static final long serialVersionUID = 1L;

  PgStatementException(String operation, ConnectFailure failure) {
    super(operation, failure, failure.kind().layer() == Layer.OURS);
  }
}
