package com.hotdash.ops.resolution;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;

/** A plan could not be made, because the world could not be looked at. Nothing was changed. */
public final class PlanException extends OpsException {
  private static final long serialVersionUID = 1L;

  PlanException(Fault fault) {
    super(fault, null);
  }
}
