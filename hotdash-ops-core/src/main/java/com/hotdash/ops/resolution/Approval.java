package com.hotdash.ops.resolution;

import java.time.Instant;

/**
 * Somebody's word that one plan may be applied.
 *
 * @param who the person or program that answers for it
 * @param because why
 * @param digest the digest of the plan that was shown to them
 * @param until when the word expires
 */
public record Approval(String who, String because, String digest, Instant until) {
  /** Checks that nothing is blank. */
  public Approval {
    if (who.isBlank() || because.isBlank() || digest.isBlank()) {
      throw new IllegalArgumentException("an approval needs a name, a reason and a digest");
    }
  }
}
