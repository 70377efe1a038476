package com.hotdash.ops.health;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One check of which an endpoint tells, such as that of its database.
 *
 * @param name its name, in the endpoint's words
 * @param status what its word comes to
 * @param said its own word, or {@code null} if it has none
 * @param observed the value that it measured, with its unit, or {@code null} if it tells none
 * @param responseTime how long it took, or {@code null} if it does not say
 * @param message what it says besides, redacted, or {@code null} if nothing
 */
public record HealthCheck(
    String name,
    HealthStatus status,
    @Nullable String said,
    @Nullable String observed,
    @Nullable Duration responseTime,
    @Nullable String message) {

  @Override
  public String toString() {
    var text = new StringBuilder(name).append(' ').append(status.name().toLowerCase(Locale.ROOT));
    if (said != null && status == HealthStatus.UNKNOWN) {
      text.append(" (\"").append(said).append("\")");
    }
    if (observed != null) {
      text.append(' ').append(observed);
    }
    if (responseTime != null) {
      text.append(" in ").append(responseTime.toMillis()).append(" ms");
    }
    return message == null ? text.toString() : text.append(": ").append(message).toString();
  }
}
