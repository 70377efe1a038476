package com.hotdash.ops.escalation;

import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.Locale;

/**
 * Something that people must know of.
 *
 * @param key what makes it the same problem as another
 * @param severity how bad it is
 * @param title one line; may hold numbers, which do not count for being the same
 * @param body what a person is to read; each place of delivery redacts it
 * @param labels further words to file it under, where the place has such
 */
public record Alert(AlertKey key, Severity severity, String title, Page body, List<String> labels) {
  /** Copies the labels, and checks that there is a title. */
  public Alert {
    labels = List.copyOf(labels);
    if (title.isBlank()) {
      throw new IllegalArgumentException("an alert needs a title");
    }
  }

  /**
   * Makes an alert that is titled by its key and filed under nothing more.
   *
   * @param key what makes it the same problem as another
   * @param severity how bad it is
   * @param body what a person is to read
   * @return the alert
   */
  public static Alert of(AlertKey key, Severity severity, Page body) {
    return new Alert(key, severity, key.toString(), body, List.of());
  }

  @Override
  public String toString() {
    return severity.name().toLowerCase(Locale.ROOT) + " alert " + title;
  }
}
