package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;

/** A machine was changed, and is not what was asked for. It is left as it is now. */
public final class FlyUpdateFailedException extends FlyException {
  private static final long serialVersionUID = 1L;

  /** How the change failed. */
  public enum Kind {
    /**
     * The platform could not carry the change out and put the machine back on its earlier version,
     * which runs: a wait for "started" alone would have taken that for success.
     */
    PUT_BACK,
    /** The new version did not start in time. */
    NOT_STARTED,
    /** The new version started and its process ended. */
    EXITED,
    /** The new version runs, and health checks that passed before do not pass. */
    UNHEALTHY,
    /** The new version runs with another image or size than was asked for. */
    DIFFERENT
  }

  private final Kind kind;
  private final transient Machine now;

  FlyUpdateFailedException(Fault fault, Kind kind, Machine now) {
    super(fault, 0, "", null);
    this.kind = kind;
    this.now = now;
  }

  /**
   * Returns how the change failed.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the machine as it was seen last.
   *
   * @return the machine
   */
  public Machine now() {
    return now;
  }
}
