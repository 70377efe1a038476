package com.hotdash.ops.platform;

import com.hotdash.ops.time.Stamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Trouble that the platform itself admits.
 *
 * @param what what it says, one line, redacted
 * @param since since when, or {@code null} if it does not say
 * @param ours whether it names hosts or machines of this application; if not, it may still concern
 *     it
 */
public record PlatformTrouble(String what, @Nullable Instant since, boolean ours) {
  @Override
  public String toString() {
    return what
        + (since == null ? "" : ", since " + Stamp.of(since))
        + (ours ? ", on our machines" : "");
  }
}
