package com.hotdash.ops.testkit.hotdash;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the application in an image behaves. Immutable; start with {@link #healthy} and change what
 * is wrong.
 *
 * @param failing the share of requests that end with 500, by route; 0 to 1
 * @param throttled the share of Shopify calls that are throttled, 0 to 1. The application counts
 *     them as successes: Shopify answers them with 200
 * @param responseTime how long a request to a route takes, as the application measures it
 * @param leakPerRequest the bytes of heap that each request leaves behind
 * @param healthChecks the status of each dependency in {@code /health}: {@code ok}, {@code
 *     degraded} or {@code error}
 * @param healthStyle how health is answered
 * @param restartsAfter how long the process lives before it crashes and begins anew, or null
 */
public record Behaviour(
    Map<String, Double> failing,
    double throttled,
    Duration responseTime,
    long leakPerRequest,
    Map<String, String> healthChecks,
    HealthStyle healthStyle,
    @Nullable Duration restartsAfter) {
  /** How an application answers when it is asked for its health. */
  public enum HealthStyle {
    /** By the status of its dependencies, with 200 or 503. */
    HONEST,
    /** Always 200, and the body tells the truth, as an older {@code /health} did. */
    ALWAYS_200,
    /** 200 with a page in HTML. */
    HTML,
    /** A redirect to the login page. */
    LOGIN,
    /** Not at all: the connection stays open. */
    HANGING,
    /** The connection is closed unanswered, on every path: nothing serves behind the port. */
    CLOSING
  }

  /** Copies the maps. */
  public Behaviour {
    failing = Map.copyOf(failing);
    healthChecks = Map.copyOf(healthChecks);
  }

  /**
   * Makes the behaviour of an application without fault.
   *
   * @return 120 ms a request, no error, all dependencies well
   */
  public static Behaviour healthy() {
    return new Behaviour(
        Map.of(),
        0,
        Duration.ofMillis(120),
        0,
        Map.of("database", "ok", "shopify", "ok"),
        HealthStyle.HONEST,
        null);
  }

  /**
   * Returns this behaviour, with a route that fails.
   *
   * @param route such as {@code /app/orders}
   * @param share of its requests, 0 to 1
   * @return a copy
   */
  public Behaviour failing(String route, double share) {
    var more = new LinkedHashMap<>(failing);
    more.put(route, share);
    return new Behaviour(
        more, throttled, responseTime, leakPerRequest, healthChecks, healthStyle, restartsAfter);
  }

  /**
   * Returns this behaviour, with throttled calls to Shopify.
   *
   * @param share of the calls, 0 to 1
   * @return a copy
   */
  public Behaviour throttled(double share) {
    return new Behaviour(
        failing, share, responseTime, leakPerRequest, healthChecks, healthStyle, restartsAfter);
  }

  /**
   * Returns this behaviour, with another response time.
   *
   * @param each how long a request takes
   * @return a copy
   */
  public Behaviour responseTime(Duration each) {
    return new Behaviour(
        failing, throttled, each, leakPerRequest, healthChecks, healthStyle, restartsAfter);
  }

  /**
   * Returns this behaviour, with a memory leak.
   *
   * @param bytes of heap that each request leaves behind
   * @return a copy
   */
  public Behaviour leaking(long bytes) {
    return new Behaviour(
        failing, throttled, responseTime, bytes, healthChecks, healthStyle, restartsAfter);
  }

  /**
   * Returns this behaviour, with a dependency in another state.
   *
   * @param dependency {@code database} or {@code shopify}
   * @param status {@code ok}, {@code degraded} or {@code error}
   * @return a copy
   */
  public Behaviour dependency(String dependency, String status) {
    var more = new LinkedHashMap<>(healthChecks);
    more.put(dependency, status);
    return new Behaviour(
        failing, throttled, responseTime, leakPerRequest, more, healthStyle, restartsAfter);
  }

  /**
   * Returns this behaviour, answering in another way.
   *
   * @param style the way
   * @return a copy
   */
  public Behaviour health(HealthStyle style) {
    return new Behaviour(
        failing, throttled, responseTime, leakPerRequest, healthChecks, style, restartsAfter);
  }

  /**
   * Returns this behaviour, crashing again and again.
   *
   * @param life how long each process lives, more than zero
   * @return a copy
   */
  public Behaviour restartingAfter(Duration life) {
    if (life.isNegative() || life.isZero()) {
      throw new IllegalArgumentException("a process lives longer than " + life);
    }
    return new Behaviour(
        failing, throttled, responseTime, leakPerRequest, healthChecks, healthStyle, life);
  }
}
