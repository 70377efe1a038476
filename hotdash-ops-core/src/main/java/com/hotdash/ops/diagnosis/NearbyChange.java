package com.hotdash.ops.diagnosis;

import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that was changed, or happened, around the time when a trouble began. Nearness in time
 * is no proof.
 *
 * @param kind what kind of change it was
 * @param what what was changed, such as {@code release v118 of sam@example.com}
 * @param at when, by the clock of whoever recorded it
 * @param lag how long before the onset it was, negative if after; {@code null} if nobody knows when
 *     the trouble began
 * @param fit how well it fits the onset
 * @param onlyOnChanged whether the trouble shows only where the change has arrived, and not where
 *     it has not; {@code null} if all machines have it, or nobody can tell
 */
public record NearbyChange(
    Kind kind,
    String what,
    Instant at,
    @Nullable Duration lag,
    Fit fit,
    @Nullable Boolean onlyOnChanged) {
  /** What was changed. */
  public enum Kind {
    /** The application's code or configuration. */
    RELEASE,
    /** A secret. */
    SECRET,
    /** The size or number of machines. */
    SCALE,
    /** A machine was started again. */
    RESTART,
    /** The schema of the database. */
    MIGRATION,
    /** A run of the pipeline that may change the application. */
    DEPLOY_RUN,
    /** A vendor had trouble of its own. */
    VENDOR
  }

  /** How well a change fits the onset. */
  public enum Fit {
    /** The trouble began within 15 minutes of it. */
    STRONG,
    /** It began within an hour of it. */
    WEAK,
    /** It began at another time, or nobody knows when. */
    NONE
  }

  @Override
  public String toString() {
    var word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    var text = (what.startsWith(word) ? what : word + ": " + what) + " at " + Stamp.of(at);
    if (lag != null) {
      text += ", " + lagText(lag) + " it began";
    }
    if (onlyOnChanged != null) {
      text += onlyOnChanged ? "; only where it has arrived" : "; also where it has not arrived";
    }
    return text;
  }

  /** An onset is known to the minute: which of two came first within one, nobody can say. */
  private static String lagText(Duration lag) {
    var minutes = lag.abs().toMinutes();
    return minutes == 0
        ? "within a minute of when"
        : minutes + (lag.isNegative() ? " min after" : " min before");
  }
}
