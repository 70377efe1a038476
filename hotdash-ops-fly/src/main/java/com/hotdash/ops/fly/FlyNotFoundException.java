package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/** The app, machine, lease, release or image does not exist, or the token cannot see it. */
public final class FlyNotFoundException extends FlyException {
  private static final long serialVersionUID = 1L;

  FlyNotFoundException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, status, text, cause);
  }
}
