package com.hotdash.ops.platform;

import java.time.Instant;

/**
 * One record of the platform's release history. It says what was meant, not what runs: a change of
 * secrets makes one that names the image of the latest release, failed or not, while the machines
 * keep theirs.
 *
 * @param version its number
 * @param status how it ended
 * @param statusText the platform's own word for that
 * @param image the image that it names
 * @param at when it was made
 * @param by who made it
 * @param description what the platform says that it was
 * @param strategy the platform's own word for how machines were replaced, such as {@code ROLLING};
 *     empty if it does not say
 */
public record Release(
    int version,
    Status status,
    String statusText,
    Image image,
    Instant at,
    String by,
    String description,
    String strategy) {
  /**
   * Makes a record that does not say how machines were replaced.
   *
   * @param version its number
   * @param status how it ended
   * @param statusText the platform's own word for that
   * @param image the image that it names
   * @param at when it was made
   * @param by who made it
   * @param description what the platform says that it was
   */
  public Release(
      int version,
      Status status,
      String statusText,
      Image image,
      Instant at,
      String by,
      String description) {
    this(version, status, statusText, image, at, by, description, "");
  }

  /** How a release ended. */
  public enum Status {
    /** It went out. */
    COMPLETE,
    /** It did not go out, or only to some machines. */
    FAILED,
    /** It was given up half-way. */
    INTERRUPTED,
    /** It goes on, or its tool died: such a record stays for ever. */
    RUNNING,
    /** A word that we do not know. */
    UNKNOWN
  }

  /**
   * Returns its number as people say it.
   *
   * @return such as {@code v118}
   */
  public String label() {
    return "v" + version;
  }
}
