package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.resolution.Verification.Sample;
import com.hotdash.ops.time.Stamp;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures a symptom after a change until an answer holds or patience ends. */
final class Verifier {
  private final Time time;
  private final Symptom symptom;
  private final Instant changedAt;
  private final Patience patience;
  private final List<Sample> samples = new ArrayList<>();
  private String lastObstacle = "nothing was measured";

  Verifier(Time time, Symptom symptom, Instant changedAt, Patience patience) {
    this.time = time;
    this.symptom = symptom;
    this.changedAt = changedAt;
    this.patience = patience;
  }

  Verification verify() {
    var deadline = time.deadline(patience.within());
    @Nullable Instant goneSince = null;
    while (!deadline.expired()) {
      var last = sample(symptom.measure(deadline));
      if (last == null || last.measurement().present()) {
        goneSince = null;
      } else if (goneSince == null) {
        goneSince = last.at();
      }
      if (last != null
          && goneSince != null
          && !Duration.between(goneSince, last.at()).minus(patience.hold()).isNegative()) {
        return conclude(Result.CURED, last.measurement().summary());
      }
      if (!time.await(deadline.atMost(patience.every()))) {
        return conclude(Result.INCONCLUSIVE, "interrupted while measuring");
      }
    }
    // A last look that the end of patience cut off takes nothing from what was seen before it.
    var seen = samples.isEmpty() ? null : samples.get(samples.size() - 1);
    if (seen == null) {
      return conclude(Result.INCONCLUSIVE, lastObstacle);
    }
    if (Duration.between(seen.at(), time.now()).compareTo(patience.hold()) > 0) {
      return conclude(
          Result.INCONCLUSIVE,
          "last seen at "
              + Stamp.of(seen.at())
              + ": "
              + seen.measurement().summary()
              + "; "
              + lastObstacle);
    }
    return seen.measurement().present()
        ? conclude(Result.NOT_CURED, seen.measurement().summary())
        : conclude(
            Result.INCONCLUSIVE,
            "last seen to be gone, but not for " + patience.hold().toSeconds() + " s");
  }

  private @Nullable Sample sample(Reading<Measurement> reading) {
    if (reading instanceof Reading.Read<Measurement> read) {
      if (fresh(read.evidence())) {
        var sample = new Sample(read.evidence().observedAt(), read.value());
        samples.add(sample);
        return sample;
      }
      lastObstacle = "all data seen is older than the change";
    } else {
      reading.obstacle().ifPresent(obstacle -> lastObstacle = told(obstacle));
    }
    return null;
  }

  /** Who looked and saw that it is too early to tell did look. */
  private static String told(NotChecked obstacle) {
    return obstacle.why() == NotChecked.Why.TOO_LITTLE_DATA
        ? obstacle.what() + ": " + obstacle.detail() + " (" + obstacle.remedy() + ")"
        : "could not look: " + obstacle;
  }

  /** Data from before the change says nothing about the change. */
  private boolean fresh(Evidence evidence) {
    var dataAt = evidence.dataAt() == null ? evidence.observedAt() : evidence.dataAt();
    return evidence.observedAt().isAfter(changedAt) && dataAt.isAfter(changedAt);
  }

  private Verification conclude(Result result, String detail) {
    return new Verification(result, symptom.goal(), detail, samples);
  }
}
