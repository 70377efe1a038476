package com.hotdash.ops.github;

import com.hotdash.ops.escalation.AlertKey;
import java.util.regex.Pattern;

/**
 * The hidden line by which an issue is found again. It counts only as the last line of a body: text
 * that was quoted further up can hold anything.
 *
 * @param fingerprint of the alert
 */
record Marker(String fingerprint) {
  private static final Pattern LAST_LINE =
      Pattern.compile("<!-- hotdash-ops fingerprint=([0-9a-f]{16})(?: [^\\n]*)?-->\\s*\\z");

  static Marker of(AlertKey key) {
    return new Marker(key.fingerprint());
  }

  /** Names nothing but what a person chose: no subject, which may be anybody's text. */
  String line(AlertKey key) {
    return "<!-- hotdash-ops fingerprint="
        + fingerprint
        + " incident="
        + key.incident().name()
        + " -->";
  }

  /** Whether a body ends with the marker of any problem. */
  static boolean isIn(String body) {
    return LAST_LINE.matcher(body).find();
  }

  boolean ends(String body) {
    var found = LAST_LINE.matcher(body);
    return found.find() && found.group(1).equals(fingerprint);
  }
}
