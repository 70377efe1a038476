package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Something else stands in the way: a name that is taken, a version that has moved, another change
 * at work. A foreign lease is {@link FlyLeaseHeldException}.
 */
public class FlyConflictException extends FlyException {
  private static final long serialVersionUID = 1L;

  FlyConflictException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, status, text, cause);
  }
}
