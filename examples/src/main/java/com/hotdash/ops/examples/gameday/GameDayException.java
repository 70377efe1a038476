package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Redactor;

/** The game day itself could not go on; the incidents and the runbook have no part in it. */
final class GameDayException extends OpsException {
  private static final long serialVersionUID = 1L;

  GameDayException(String operation, Exception cause, String nextStep) {
    super(
        Fault.of("game-day", operation, Redactor.SHAPES.redact(String.valueOf(cause.getMessage())))
            .withNextStep(nextStep),
        Redactor.SHAPES.cause(cause));
  }
}
