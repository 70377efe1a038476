package com.hotdash.ops.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Requests that the platform has seen, those included that never reached the application.
 *
 * @param step how much time each point covers
 * @param points in the order of time; a span without any request has a point with zeros
 */
public record Traffic(Duration step, List<Point> points) {
  /** Copies the points. */
  public Traffic {
    points = List.copyOf(points);
  }

  /**
   * One span of time.
   *
   * @param until its end, by the platform's clock
   * @param requests all answers in it; a rate times the span, so it need not be whole
   * @param errors answers with a 5xx status among them
   */
  public record Point(Instant until, double requests, double errors) {}

  /**
   * Returns the newest part.
   *
   * @param time how far back from the newest point, more than zero
   * @return the points that end within that time, the newest always
   */
  public Traffic last(Duration time) {
    if (points.isEmpty()) {
      return this;
    }
    var from = points.get(points.size() - 1).until().minus(time);
    return new Traffic(step, points.stream().filter(point -> point.until().isAfter(from)).toList());
  }

  /**
   * Returns how many requests were seen.
   *
   * @return the sum over all points
   */
  public double requests() {
    return points.stream().mapToDouble(Point::requests).sum();
  }

  /**
   * Returns how many of them failed with a 5xx status.
   *
   * @return the sum over all points
   */
  public double errors() {
    return points.stream().mapToDouble(Point::errors).sum();
  }
}
