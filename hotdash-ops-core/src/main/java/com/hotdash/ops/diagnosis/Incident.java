package com.hotdash.ops.diagnosis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The eight chapters of the Common Incidents Runbook, in its order. */
public enum Incident {
  /** Pages are slow. */
  SLOW_RESPONSE_TIMES("R1", "Slow response times"),
  /** Requests fail. */
  HIGH_ERROR_RATE("R2", "High error rate"),
  /** A release does not get out, or not up. */
  DEPLOYMENT_FAILURES("R3", "Deployment failures"),
  /** The application cannot get database connections. */
  DATABASE_CONNECTION_ISSUES("R4", "Database connection issues"),
  /** Shopify refuses, throttles or does not answer. */
  SHOPIFY_API_ERRORS("R5", "Shopify API errors"),
  /** Memory or CPU run out. */
  MEMORY_CPU_ISSUES("R6", "Memory/CPU issues"),
  /** Health checks fail. */
  HEALTH_CHECK_FAILURES("R7", "Health check failures"),
  /** A changed secret breaks something. */
  SECRET_ROTATION_ISSUES("R8", "Secret rotation issues");

  private final String id;
  private final String title;

  Incident(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /**
   * Returns the id of the runbook's chapter.
   *
   * @return such as {@code R4}
   */
  public String id() {
    return id;
  }

  /**
   * Returns the heading of the runbook's chapter.
   *
   * @return such as {@code Database connection issues}
   */
  public String title() {
    return title;
  }

  /**
   * Returns the name by which commands call it.
   *
   * @return such as {@code database-connection-issues}
   */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the facade's method that leads to it.
   *
   * @return such as {@code databaseConnectionIssues}
   */
  public String method() {
    var words = slug().split("-", -1);
    return words[0]
        + Arrays.stream(words, 1, words.length)
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }

  /**
   * Finds an incident by what a person types.
   *
   * @param typed a slug, an id, its number, or the beginning of a slug that only one has
   * @return the incident, or empty if none or several are meant
   */
  public static Optional<Incident> parse(String typed) {
    var wanted = typed.toLowerCase(Locale.ROOT).replace('_', '-');
    var exact =
        Arrays.stream(values())
            .filter(
                each ->
                    each.slug().equals(wanted)
                        || each.id.equalsIgnoreCase(wanted)
                        || each.id.substring(1).equals(wanted))
            .findFirst();
    if (exact.isPresent() || wanted.isBlank()) {
      return exact;
    }
    var begins = Arrays.stream(values()).filter(each -> each.slug().startsWith(wanted)).toList();
    return begins.size() == 1 ? Optional.of(begins.get(0)) : Optional.empty();
  }
}
