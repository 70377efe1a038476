package com.hotdash.ops.escalation;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody wrote under an alert.
 *
 * @param at when, by the place's clock
 * @param by who
 * @param line the first line of it
 */
public record Remark(Instant at, String by, String line) {
  /** What a person writes, as the first word, to say that somebody is on it. */
  public static final String ACKNOWLEDGED = "/ack";

  private static final String TOLD = "Manager told: ";

  /**
   * Returns whether it says that somebody is on it.
   *
   * @return true if its first word is {@link #ACKNOWLEDGED}, in whatever case
   */
  public boolean acknowledges() {
    var words = line.strip().toLowerCase(Locale.ROOT);
    return words.equals(ACKNOWLEDGED) || words.startsWith(ACKNOWLEDGED + " ");
  }

  static String told(Priority priority, String how) {
    return TOLD + priority + ", " + how;
  }

  /** Returns how urgent it was when the manager was told, if it says that he was. */
  Optional<Priority> told() {
    if (line.startsWith(TOLD)) {
      for (var priority : Priority.values()) {
        if (line.startsWith(TOLD + priority + ",")) {
          return Optional.of(priority);
        }
      }
    }
    return Optional.empty();
  }
}
