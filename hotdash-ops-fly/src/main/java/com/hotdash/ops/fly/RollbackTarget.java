package com.hotdash.ops.fly;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The release to go back to, or none and why. Found by status, digest, what machines really run and
 * whether the image still exists; never by its place in a list.
 *
 * @param found the release, or {@code null} if there is none
 * @param image its image by tag and digest: what to deploy; {@code null} if there is none
 * @param leaving the image that is left, or {@code null} if no machine says what it runs
 * @param why what decided
 * @param passedOver releases that were considered and not taken, each with its reason
 */
public record RollbackTarget(
    @Nullable Release found,
    @Nullable ImageRef image,
    @Nullable ImageRef leaving,
    String why,
    List<String> passedOver) {
  /** Copies the list. */
  public RollbackTarget {
    passedOver = List.copyOf(passedOver);
  }

  static RollbackTarget none(@Nullable ImageRef leaving, String why, List<String> passedOver) {
    return new RollbackTarget(null, null, leaving, why, passedOver);
  }

  /**
   * Returns the release.
   *
   * @return the release, or empty if there is none: {@link #why} tells
   */
  public Optional<Release> release() {
    return Optional.ofNullable(found);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(found == null ? "none: " : found + "\n  ").append(why);
    if (image != null) {
      text.append("\n  deployImage(\"").append(image).append("\")");
    }
    passedOver.forEach(one -> text.append("\n  not ").append(one));
    return text.toString();
  }
}
