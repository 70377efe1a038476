package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/** An answer arrived that lacks what it must hold. */
public final class FlyProtocolException extends FlyException {
  private static final long serialVersionUID = 1L;

  FlyProtocolException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, status, text, cause);
  }
}
