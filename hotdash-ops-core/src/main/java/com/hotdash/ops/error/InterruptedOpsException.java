package com.hotdash.ops.error;

/** The calling thread was interrupted. Its interrupt flag is set again when this is thrown. */
public final class InterruptedOpsException extends OpsException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception and sets the thread's interrupt flag.
   *
   * @param fault what was given up
   */
  public InterruptedOpsException(Fault fault) {
    super(fault, null);
    Thread.currentThread().interrupt();
  }
}
