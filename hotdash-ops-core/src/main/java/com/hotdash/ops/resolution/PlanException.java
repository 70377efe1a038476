package com.hotdash.ops.resolution;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;

/**
 * A plan could not be made: the world could not be looked at, or there is nothing that could be
 * planned. Nothing was changed.
 */
public final class PlanException extends OpsException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception about one plan.
   *
   * @param fault what is known; its next step should say what a person does instead
   */
  public PlanException(Fault fault) {
    super(fault, null);
  }
}
