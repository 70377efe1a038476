package com.hotdash.ops.platform;

import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A start that the platform made by itself, since a request came while the machine slept. Whoever
 * sent that request waited for it.
 *
 * @param at when the platform began to start it
 * @param took until it ran; what it runs may need more until it answers; {@code null} if it does
 *     not run yet, or the platform does not say
 */
public record MachineWake(Instant at, @Nullable Duration took) {
  @Override
  public String toString() {
    return "woken at "
        + Stamp.of(at)
        + (took == null ? "" : ", ran after " + took.toMillis() + " ms");
  }
}
