package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import java.time.Duration;
import java.time.Instant;

/** The second incident: a release that fails for some of its customers. */
final class BadReleaseDrill implements WorldDrill {
  private int bad;

  @Override
  public Incident incident() {
    return Incident.HIGH_ERROR_RATE;
  }

  @Override
  public String title() {
    return "Bad release raises the error rate";
  }

  @Override
  public String story() {
    return "A release goes out to all four machines, and from then on it fails two of five requests"
        + " for orders. The runbook's own cure takes the second line of the list of releases,"
        + " whatever it is. This one looks which release the errors began with, goes back to the"
        + " image before it machine by machine, and measures afterwards.";
  }

  @Override
  public String strike(FlyHall hall) {
    bad = hall.world().release().version();
    return "bad release";
  }

  @Override
  public void judge(Diagnosis diagnosis, DrillResult result) {
    result.require(
        diagnosis
            .finding(ErrorRate.class)
            .filter(found -> found.verdict() == Verdict.PROBLEM)
            .isPresent(),
        "the diagnosis misses the errors: " + Told.summary(diagnosis));
    result.require(
        diagnosis.changes().stream()
            .filter(change -> change.fit() == NearbyChange.Fit.STRONG)
            .anyMatch(change -> change.what().contains("v" + bad)),
        "the onset is not put down to release " + bad);
  }

  @Override
  public String because() {
    return "the newest release fails orders";
  }

  @Override
  public Duration after() {
    // The log of half an hour is read, and only so much of it: it must not hold the errors' lines.
    return Duration.ofMinutes(32);
  }

  @Override
  public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
    Witness.fared(hall.customers(), struck, cured, result);
    var seconds = Witness.shown(hall.customers(), struck, cured);
    result.saw(Witness.failures(seconds));
    result.saw(Witness.machines(seconds, bad));
  }
}
