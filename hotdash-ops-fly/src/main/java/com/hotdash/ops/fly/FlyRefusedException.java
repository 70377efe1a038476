package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Fly refused for any other reason: invalid input, too many calls, a time limit, a fault of its
 * own.
 */
public final class FlyRefusedException extends FlyException {
  private static final long serialVersionUID = 1L;

  FlyRefusedException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, status, text, cause);
  }
}
