package com.hotdash.ops.platform;

import com.hotdash.ops.time.Stamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of the application, as far as anybody is told: equal digests mean equal values, and
 * nothing more.
 *
 * @param name its name
 * @param digest the platform's digest of the value, staged or not
 * @param updatedAt when the value was last changed, or {@code null} if the platform does not say
 * @param spread which machines have that value
 */
public record SecretDigest(
    String name, String digest, @Nullable Instant updatedAt, SecretSpread spread) {
  /**
   * Tells of a secret of which nobody knows which machines have it.
   *
   * @param name its name
   * @param digest the platform's digest of the value
   * @param updatedAt when the value was last changed, or {@code null}
   */
  public SecretDigest(String name, String digest, @Nullable Instant updatedAt) {
    this(name, digest, updatedAt, SecretSpread.UNKNOWN);
  }

  @Override
  public String toString() {
    return name + " " + spread + (updatedAt == null ? "" : ", stored at " + Stamp.of(updatedAt));
  }
}
