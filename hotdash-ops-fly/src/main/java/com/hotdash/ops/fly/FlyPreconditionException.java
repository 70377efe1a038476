package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The machine is not in the state, or not of the version, that the call needs: look again, then
 * decide. Nothing was changed.
 */
public final class FlyPreconditionException extends FlyException {
  private static final long serialVersionUID = 1L;

  FlyPreconditionException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, status, text, cause);
  }
}
