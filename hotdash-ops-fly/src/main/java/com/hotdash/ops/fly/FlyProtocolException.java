package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/** An answer arrived that lacks what it must hold. */
public final class FlyProtocolException extends FlyException {
  private static final long serialVersionUID = 1L;

  FlyProtocolException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, status, text, cause);
  }

  /** For an answer that lacks its list: none of something is a list that is empty. */
  static FlyProtocolException without(String operation, String what) {
    return new FlyProtocolException(
        Fault.of("fly", operation, "an answer without " + what)
            .withNextStep("look whether the token may see the app, then ask again"),
        200,
        "",
        null);
  }
}
