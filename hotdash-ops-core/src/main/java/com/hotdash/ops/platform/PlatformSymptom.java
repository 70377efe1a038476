package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import java.time.Duration;

/** One thing that must be gone after a change of the platform, measured within one look. */
interface PlatformSymptom {
  // How old the newest counts and lines of a platform may be: one round of collecting, 15 s.
  Duration LAG = Duration.ofSeconds(15);

  /** Returns what must become true, as a clause. */
  String goal();

  /** Measures once; the evidence tells when the oldest of the data is from. */
  Reading<Measurement> measure(PlatformLook look);

  /** Over how much time it is measured, all of which must lie after the change. */
  default Duration window() {
    return Duration.ZERO;
  }

  /** Evidence of all that a window holds. */
  static Evidence over(Duration window, Evidence evidence, Measurement measurement) {
    return evidence
        .withValue(measurement.summary())
        .withDataAt(evidence.observedAt().minus(window).minus(LAG));
  }

  /** Who looked could not tell yet. */
  static <T> Reading<T> tooLittle(String what, String seen, String remedy) {
    return Reading.unread(new NotChecked(what, Why.TOO_LITTLE_DATA, seen, remedy));
  }
}
