package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import org.jspecify.annotations.Nullable;

/** There is no room. Where it is missing decides what helps. */
public final class FlyCapacityException extends FlyException {
  private static final long serialVersionUID = 1L;

  /** Where room is missing. */
  public enum Scope {
    /** On the machine's own host: another machine, or one on another host, may fit. */
    HOST,
    /** In the whole region: another region may have room. */
    REGION,
    /** In the organisation's quota: shrink, or ask Fly for more. */
    ORGANISATION
  }

  private final Scope scope;

  FlyCapacityException(
      Fault fault, int status, String text, @Nullable Throwable cause, Scope scope) {
    super(fault, status, text, cause);
    this.scope = scope;
  }

  /**
   * Returns where room is missing.
   *
   * @return the scope
   */
  public Scope scope() {
    return scope;
  }
}
