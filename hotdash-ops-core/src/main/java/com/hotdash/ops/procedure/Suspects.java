package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.NearbyChange.Fit;
import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the changes that a trouble may have come of is acted upon: a release, a secret or a
 * vendor; the others explain.
 */
final class Suspects {
  private static final Set<Kind> ACTED_UPON = Set.of(Kind.RELEASE, Kind.SECRET, Kind.VENDOR);

  private final Observation seen;
  private final List<NearbyChange> candidates;

  /** Takes the changes, the likeliest first. */
  Suspects(Observation seen, List<NearbyChange> changes) {
    this.seen = seen;
    this.candidates =
        changes.stream()
            .filter(WhatChanged::mayExplain)
            .filter(each -> ACTED_UPON.contains(each.kind()))
            .toList();
  }

  /** A page lags, and its trouble may concern others: it hides no change of ours that fits. */
  Optional<NearbyChange> likeliest() {
    return candidates.stream()
        .limit(1)
        .filter(
            each -> each.kind() != Kind.VENDOR || troubles(each).anyMatch(PlatformTrouble::ours))
        .findFirst()
        .or(() -> candidates.stream().filter(this::isOurChange).findFirst())
        .or(() -> candidates.stream().findFirst());
  }

  Optional<NearbyChange> vendor() {
    return candidates.stream().filter(each -> each.kind() == Kind.VENDOR).findFirst();
  }

  /** Whether the platform says so, and not a page for everybody. */
  boolean ofThePlatform(NearbyChange change) {
    return troubles(change).findAny().isPresent();
  }

  private Stream<PlatformTrouble> troubles(NearbyChange change) {
    return seen.get(PlatformLook.TROUBLES).toOptional().stream()
        .flatMap(List::stream)
        .filter(each -> change.at().equals(each.since()));
  }

  private boolean isOurChange(NearbyChange change) {
    return change.fit() == Fit.STRONG
        && (change.kind() == Kind.SECRET
            || (change.kind() == Kind.RELEASE && PlatformTrace.newImage(seen, change.at())));
  }
}
