package com.hotdash.ops.shop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the interface was asked for, and which one answered. A version that is no longer
 * accessible does not fail: another one answers in its place.
 *
 * @param asked the version that was asked for
 * @param served the version that answered
 * @param newest the newest stable version, or {@code null} if it is not known
 * @param accessibleUntil until when the version that was asked for answers, or {@code null} if it
 *     has no end
 */
public record ShopVersion(
    String asked, String served, @Nullable String newest, @Nullable Instant accessibleUntil) {
  /**
   * Returns whether another version answered than was asked for.
   *
   * @return whether it did
   */
  public boolean another() {
    return !asked.equals(served);
  }
}
