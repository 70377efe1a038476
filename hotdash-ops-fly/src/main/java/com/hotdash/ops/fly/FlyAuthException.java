package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/** The token is missing, wrong or expired (401), or may not do this (403). */
public final class FlyAuthException extends FlyException {
  private static final long serialVersionUID = 1L;

  FlyAuthException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, status, text, cause);
  }
}
