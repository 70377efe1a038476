package com.hotdash.ops.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a report or a plan is about, so that nobody cures staging while production burns. It stands
 * at the head of each of them.
 *
 * @param environment such as {@code production}, or {@code null} if nobody said
 * @param parts what belongs to it, in the order in which it is shown
 */
public record Estate(@Nullable String environment, List<Part> parts) {
  /** Copies the parts. */
  public Estate {
    parts = List.copyOf(parts);
  }

  /**
   * One system of the estate.
   *
   * @param kind what it is, such as {@code database}
   * @param identity which one, without credentials
   * @param environment the environment it says it belongs to, or {@code null} if it does not say
   */
  public record Part(String kind, String identity, @Nullable String environment) {}

  /**
   * Returns the environments that the parts disagree about.
   *
   * @return empty if all parts that say something say the same as the estate; else each claim, with
   *     who makes it
   */
  public Map<String, String> mixed() {
    var claims = new LinkedHashMap<String, String>();
    if (environment != null) {
      claims.put(environment, "environment");
    }
    for (var part : parts) {
      if (part.environment() != null) {
        claims.merge(part.environment(), part.kind(), (a, b) -> a + ", " + b);
      }
    }
    return claims.keySet().stream().filter(Objects::nonNull).distinct().count() > 1
        ? claims
        : Map.of();
  }

  @Override
  public String toString() {
    var text = new StringBuilder(environment == null ? "environment not named" : environment);
    for (var part : parts) {
      text.append(" · ").append(part.kind()).append(' ').append(part.identity());
    }
    return text.toString();
  }
}
