package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.procedure.DeployedMachines.ReleaseHealth;
import java.time.Duration;
import java.util.Optional;

/** Why the image of a release is hardly what machines fail for, although they do since it came. */
record ReleaseBlame(ReleaseHealth health, String because, Recommendation instead) {
  /**
   * None if the image may well be the cause.
   *
   * @param starts whether it does not start somewhere: that may come to the other machines yet
   */
  static Optional<ReleaseBlame> innocent(Observation seen, ReleaseHealth health, boolean starts) {
    var label = health.release().label();
    if (!health.imageIsNew()) {
      var because =
          label
              + " has the image that was there before; older code gets the same secrets and settings";
      return Optional.of(
          new ReleaseBlame(
              health,
              because,
              Recommendation.advice(
                  "deploy.same-image",
                  "see what came with "
                      + label
                      + " in place of an image: secrets, a size, settings of fly.toml",
                  health.summary(),
                  "ops.secretRotationIssues().diagnose()")));
    }
    return doubt(health, starts)
        .map(why -> new ReleaseBlame(health, why, wider(health, why)))
        .or(
            () ->
                OtherCause.of(seen, health.since())
                    .map(other -> new ReleaseBlame(health, other.because(), other.instead())));
  }

  private static Optional<String> doubt(ReleaseHealth health, boolean starts) {
    if (health.others() > 0 && health.others() == health.othersFailing()) {
      return Optional.of("machines without " + health.release().label() + " fail as well");
    }
    if (!starts && health.others() == 0 && health.failing().size() < health.on()) {
      return Optional.of("other machines on " + health.release().label() + " are well");
    }
    var since = health.since();
    if (since == null) {
      return Optional.empty();
    }
    var lag = Duration.between(health.release().at(), since);
    return lag.compareTo(WhatChanged.STRONG_WITHIN) > 0
        ? Optional.of(
            "the first machine failed "
                + lag.toMinutes()
                + " min after "
                + health.release().label())
        : Optional.empty();
  }

  private static Recommendation wider(ReleaseHealth health, String why) {
    return Recommendation.advice(
        "deploy.look-wider",
        "see why machines fail: the release is hardly why",
        health.summary() + "; " + why,
        "ops.healthCheckFailures().diagnose()");
  }

  Contraindication contraindication() {
    return new Contraindication(RollBack.ID, "do not roll back", because);
  }
}
