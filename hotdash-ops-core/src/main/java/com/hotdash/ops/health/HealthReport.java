package com.hotdash.ops.health;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answered, by two witnesses: its status code and its body.
 *
 * @param code the HTTP status code
 * @param overall what both come to
 * @param byCode what the code alone says
 * @param byBody what the body alone says, or {@code null} if it says nothing about health
 * @param shape in which form the body was
 * @param said the body's own word, or {@code null} if it has none
 * @param message what the body says besides, redacted, or {@code null} if nothing
 * @param checks the checks that it tells of; at most 200
 * @param figures the numbers that it tells, by path, such as {@code errors.critical}; at most 200
 * @param version the version that it says it is, or {@code null}
 * @param release the release that it says it is, or {@code null}
 * @param at the time that it says, by its own clock, or {@code null}
 * @param notes what a person should know about this answer
 */
public record HealthReport(
    int code,
    HealthStatus overall,
    HealthStatus byCode,
    @Nullable HealthStatus byBody,
    HealthShape shape,
    @Nullable String said,
    @Nullable String message,
    List<HealthCheck> checks,
    Map<String, Double> figures,
    @Nullable String version,
    @Nullable String release,
    @Nullable Instant at,
    List<String> notes) {

  /** Copies the lists. */
  public HealthReport {
    checks = List.copyOf(checks);
    figures = Map.copyOf(figures);
    notes = List.copyOf(notes);
  }

  /**
   * Returns whether code and body say the same. A body that says nothing contradicts nobody.
   *
   * @return false if one says well and the other does not
   */
  public boolean agree() {
    if (byBody == null || byBody == HealthStatus.UNKNOWN || byCode == HealthStatus.UNKNOWN) {
      return true;
    }
    return byCode == HealthStatus.FAIL ? byBody == HealthStatus.FAIL : byBody != HealthStatus.FAIL;
  }

  /**
   * Returns the checks that are not well.
   *
   * @return those that warn, fail or cannot be told
   */
  public List<HealthCheck> amiss() {
    return checks.stream().filter(check -> check.status() != HealthStatus.PASS).toList();
  }

  @Override
  public String toString() {
    var text = new StringBuilder(overall.name().toLowerCase(Locale.ROOT));
    text.append(", code ").append(code);
    if (said != null) {
      text.append(", body \"").append(said).append('"');
    }
    if (message != null) {
      text.append(" (").append(message).append(')');
    }
    amiss().stream().limit(8).forEach(check -> text.append("; ").append(check));
    notes.forEach(note -> text.append("; ").append(note));
    return text.toString();
  }
}
