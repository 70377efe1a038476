package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind.Layer;
import java.util.Set;

/** No connection could be had, or it broke. {@link #kind} tells why. */
public final class PgUnavailableException extends PgException {
  private static final long serialVersionUID = 1L;

  // A second try with a wrong password or address can get us banned, and helps nobody.
  private static final Set<Layer> PERMANENT = Set.of(Layer.ADDRESS, Layer.LOGIN, Layer.TLS);

  PgUnavailableException(String operation, ConnectFailure failure) {
    super(operation, failure, !PERMANENT.contains(failure.kind().layer()));
  }
}
