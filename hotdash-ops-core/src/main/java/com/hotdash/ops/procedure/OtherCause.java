package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What machines more likely fail for than the image of a release, although that is young: a secret
 * that was changed nearer to the onset, a release that brought no image, the platform itself.
 */
record OtherCause(NearbyChange change, String because, Recommendation instead) {
  /** None if a new image fits best, or nobody knows since when machines fail. */
  static Optional<OtherCause> of(Observation seen, @Nullable Instant onset) {
    var suspects = new Suspects(seen, WhatChanged.around(seen, onset));
    return suspects
        .likeliest()
        .flatMap(
            change ->
                switch (change.kind()) {
                  case SECRET -> Optional.of(secret(seen, change));
                  case RELEASE ->
                      PlatformTrace.newImage(seen, change.at())
                          ? Optional.empty()
                          : Optional.of(settings(change));
                  // A page for everybody decides nothing.
                  case VENDOR ->
                      suspects.ofThePlatform(change)
                          ? Optional.of(vendor(change))
                          : Optional.empty();
                  default -> Optional.empty();
                });
  }

  private static OtherCause secret(Observation seen, NearbyChange change) {
    var all = seen.get(PlatformLook.SECRETS).toOptional().orElse(List.<SecretDigest>of());
    return new OtherCause(
        change,
        change + ": older code gets the same secrets",
        PlatformTrace.newest(all, change.at())
            .filter(name -> everywhere(seen, all, name))
            .filter(name -> !SecretUse.SHOP.secrets().contains(name))
            .map(name -> SecretValues.putBack(name, change.toString()))
            .orElseGet(
                () ->
                    Recommendation.advice(
                        "deploy.secret-first",
                        "see first what the changed secret broke",
                        change.toString(),
                        "ops.secretRotationIssues().diagnose()")));
  }

  /** A value that some machines lack goes back only once somebody knows that it is wrong. */
  private static boolean everywhere(Observation seen, List<SecretDigest> all, String name) {
    return all.stream()
        .filter(each -> each.name().equals(name))
        .map(each -> SecretHolders.of(each, seen))
        .allMatch(each -> each.lack().isEmpty() && each.unsure().isEmpty());
  }

  private static OtherCause settings(NearbyChange change) {
    return new OtherCause(
        change,
        change + ": it brought no other image, and older code gets the same settings",
        Recommendation.advice(
            "deploy.same-image",
            "see what came in place of an image: secrets, a size, settings of fly.toml",
            change.toString(),
            "ops.secretRotationIssues().diagnose()"));
  }

  private static OtherCause vendor(NearbyChange change) {
    return new OtherCause(
        change,
        change + ": older code meets the same platform",
        Recommendation.advice(
            "deploy.platform-first",
            "ask whether " + change.what() + " concerns us, before anything is changed",
            change.toString(),
            ""));
  }
}
