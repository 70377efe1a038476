package com.hotdash.ops.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The last probes of one endpoint of one machine, within a window. Callers feed it, and keep the
 * copy that they get. Immutable and thread-safe.
 */
public final class HealthHistory {
  /** From so many changes within the window on, an endpoint flaps: bad, good, bad again. */
  public static final int FLAPPING = 3;

  private final Duration window;
  private final int most;
  private final List<Point> points;

  private HealthHistory(Duration window, int most, List<Point> points) {
    this.window = window;
    this.most = most;
    this.points = List.copyOf(points);
  }

  /**
   * One probe.
   *
   * @param at when
   * @param status what it came to
   */
  public record Point(Instant at, HealthStatus status) {}

  /**
   * Begins a history.
   *
   * @param window how far it reaches back from its newest probe, more than zero
   * @param most how many probes it keeps, at least 1
   * @return a history without probes
   * @throws IllegalArgumentException if either is out of range
   */
  public static HealthHistory empty(Duration window, int most) {
    if (window.isNegative() || window.isZero() || most < 1) {
      throw new IllegalArgumentException("a history needs a window and room for a probe");
    }
    return new HealthHistory(window, most, List.of());
  }

  /**
   * Adds a probe. What has left the window is forgotten.
   *
   * @param at when, in any order
   * @param status what it came to
   * @return a changed copy
   */
  public HealthHistory with(Instant at, HealthStatus status) {
    var all = new ArrayList<>(points);
    all.add(new Point(at, status));
    all.sort(Comparator.comparing(Point::at));
    var oldest = all.get(all.size() - 1).at().minus(window);
    all.removeIf(point -> point.at().isBefore(oldest));
    return new HealthHistory(window, most, all.subList(Math.max(0, all.size() - most), all.size()));
  }

  /**
   * Returns the probes.
   *
   * @return the oldest first
   */
  public List<Point> points() {
    return points;
  }

  /**
   * Returns the share of probes that were served, with {@link HealthStatus#WARN} as served. Those
   * that could not be told are left out.
   *
   * @return between 0 and 1; empty if none could be told
   */
  public OptionalDouble successRate() {
    return told().stream().mapToInt(point -> failed(point) ? 0 : 1).average();
  }

  /**
   * Returns how many of the newest probes failed in a row. Those that could not be told neither
   * count nor end the row.
   *
   * @return zero if the newest one that could be told was served
   */
  public int consecutiveFailures() {
    int row = 0;
    for (var point : told()) {
      row = failed(point) ? row + 1 : 0;
    }
    return row;
  }

  /**
   * Returns how often the endpoint went from served to failed or back.
   *
   * @return the number of changes
   */
  public int changes() {
    int changes = 0;
    var told = told();
    for (int i = 1; i < told.size(); i++) {
      changes += failed(told.get(i)) == failed(told.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  /**
   * Returns whether the endpoint goes back and forth.
   *
   * @return true from {@value #FLAPPING} changes on
   */
  public boolean flapping() {
    return changes() >= FLAPPING;
  }

  private List<Point> told() {
    return points.stream().filter(point -> point.status() != HealthStatus.UNKNOWN).toList();
  }

  private static boolean failed(Point point) {
    return point.status() == HealthStatus.FAIL;
  }

  private String failures() {
    int row = consecutiveFailures();
    return row == 1 ? "one" : Integer.toString(row);
  }

  @Override
  public String toString() {
    var told = told();
    long served = told.stream().filter(point -> !failed(point)).count();
    if (points.isEmpty()) {
      return "no probe yet";
    }
    return (consecutiveFailures() > 0 ? "the last " + failures() + " failed, " : "")
        + (flapping() ? "flapping (" + changes() + " changes), " : "")
        + served
        + " of "
        + told.size()
        + " probes served"
        + (points.size() > told.size() ? ", " + (points.size() - told.size()) + " not told" : "");
  }
}
