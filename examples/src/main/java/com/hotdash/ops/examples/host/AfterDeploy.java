package com.hotdash.ops.examples.host;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.runbook.RunbookProcedures;

/**
 * A runbook of one's own: goes back after a deploy that makes requests fail, and leaves everything
 * else to people. Its test shows how to try such a thing on a simulated estate.
 */
public final class AfterDeploy {
  private final RunbookProcedures ops;

  /**
   * Makes it.
   *
   * @param ops the runbook; stays the caller's
   */
  public AfterDeploy(RunbookProcedures ops) {
    this.ops = ops;
  }

  /** What it came to. */
  public enum Outcome {
    /** Requests are answered. */
    FINE,
    /** They failed, and no longer do: the release before runs. */
    WENT_BACK,
    /** People were told: only they can decide, or it could not look. */
    TOLD,
    /** People must look, and could not be told. */
    NOBODY_TOLD
  }

  /**
   * Looks once, and acts if the release is to blame.
   *
   * @return what it came to; never {@link Outcome#FINE} if it could not look
   */
  public Outcome check() {
    var diagnosis = ops.highErrorRate().diagnose();
    if (diagnosis.verdict() == Verdict.OK) {
      return Outcome.FINE;
    }
    if (diagnosis.verdict() == Verdict.PROBLEM
        && blamesTheRelease(diagnosis)
        && wentBack(diagnosis)) {
      return Outcome.WENT_BACK;
    }
    return ops.escalate(diagnosis).delivered() ? Outcome.TOLD : Outcome.NOBODY_TOLD;
  }

  private boolean wentBack(Diagnosis diagnosis) {
    try {
      var execution = ops.plan(diagnosis).apply("errors after the deploy");
      return execution.verify().result() == Verification.Result.CURED;
    } catch (OpsException e) { // Refused, such as while a deploy is under way: for people.
      return false;
    }
  }

  /** What stands first is what would help most: anything else is for people. */
  private static boolean blamesTheRelease(Diagnosis diagnosis) {
    return diagnosis.recommendations().stream()
        .findFirst()
        .filter(first -> first.id().equals(RollBack.ID))
        .isPresent();
  }
}
