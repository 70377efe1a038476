package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether a change cured what it was made for: the symptom measured again on data younger than the
 * change, until the answer holds.
 *
 * @param result the answer
 * @param goal what had to become true
 * @param detail what was seen, as a clause
 * @param samples the measurements, oldest first
 */
public record Verification(Result result, String goal, String detail, List<Sample> samples) {
  /** Copies the samples. */
  public Verification {
    samples = List.copyOf(samples);
  }

  /** What came of measuring. */
  public enum Result {
    /** The symptom is gone and stayed away for the stability window. */
    CURED,
    /** The symptom is still there. */
    NOT_CURED,
    /** Could not look, saw only data older than the change, or saw no answer hold. */
    INCONCLUSIVE
  }

  /**
   * One measurement.
   *
   * @param at when
   * @param measurement what was seen
   */
  public record Sample(Instant at, Measurement measurement) {}

  /**
   * How long to look.
   *
   * @param hold how long the symptom must stay away, from zero to {@code within}
   * @param within after how long to give up
   * @param every how long to wait between measurements, more than zero
   */
  public record Patience(Duration hold, Duration within, Duration every) {
    /** Ten seconds without the symptom, within one minute, measured every second. */
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(1));

    /** Checks the bounds. */
    public Patience {
      if (hold.isNegative() || every.isNegative() || every.isZero() || hold.compareTo(within) > 0) {
        throw new IllegalArgumentException(
            "a symptom must be measured every so often, and hold within the time given");
      }
    }
  }

  Verification noting(String note) {
    return new Verification(result, goal, detail + "; " + note, samples);
  }

  /**
   * Returns the verification as a page, for reports.
   *
   * @return the page
   */
  public Page page() {
    return Pages.of(this);
  }

  @Override
  public String toString() {
    return result + ": " + detail + " (goal: " + goal + "; " + samples.size() + " measurements)";
  }
}
