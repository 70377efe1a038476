package com.hotdash.ops.testkit.fly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Time series: what was scraped each 15 s, point by point. Has a lock of its own, and asks for no
 * other: counts come from inside a machine.
 */
final class MetricStore {
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 1_000;
  // 15 days.
  private static final int MOST_POINTS = 86_400;

  private final Map<Map<String, String>, List<Point>> series = new LinkedHashMap<>();
  private final Map<Map<String, String>, Double> values = new LinkedHashMap<>();

  private final Map<Map<String, String>, Growth> growths = new HashMap<>();
  private final Map<Map<String, String>, Double> once = new LinkedHashMap<>();

  private Instant next;

  MetricStore(Instant start) {
    this.next = start.plus(EVERY);
  }

  /**
   * How a value moves by itself.
   *
   * @param perSecond how much in each second
   * @param turn when that changes
   * @param then how much in each second from there on
   * @param least it does not fall under this
   * @param most nor rise over this
   */
  record Growth(double perSecond, Instant turn, double then, double least, double most) {
    static Growth steady(double perSecond, double least, double most) {
      return new Growth(perSecond, Instant.MAX, perSecond, least, most);
    }

    double after(double value, Instant at) {
      double by = (at.isAfter(turn) ? then : perSecond) * EVERY.toSeconds();
      return Math.max(least, Math.min(most, value + by));
    }
  }

  /** A scraped value. */
  record Point(long millis, double value) {}

  /** Sets what scrapes from now on see. */
  synchronized void set(String name, Map<String, String> labels, double value, Instant now) {
    scrapeUpTo(now);
    values.put(labels(name, labels), value);
  }

  /** Adds to what scrapes from now on see. A counter that was never added to is no series. */
  synchronized void add(String name, Map<String, String> labels, double by, Instant now) {
    scrapeUpTo(now);
    values.merge(labels(name, labels), by, Double::sum);
  }

  /** Sets a value that moves by itself from now on. */
  synchronized void set(
      String name, Map<String, String> labels, double value, Growth growth, Instant now) {
    set(name, labels, value, now);
    growths.put(labels(name, labels), growth);
  }

  /** Lets a value that is there move in another way from now on. */
  synchronized void growth(String name, Map<String, String> labels, Growth growth, Instant now) {
    scrapeUpTo(now);
    growths.put(labels(name, labels), growth);
  }

  /** Sets what the next scrape sees and no later one, as when something ends. */
  synchronized void once(String name, Map<String, String> labels, double value, Instant now) {
    scrapeUpTo(now);
    once.put(labels(name, labels), value);
  }

  /** Lowers what scrapes from now on see, if it is there. */
  synchronized void lower(
      String name, Map<String, String> labels, double by, double least, Instant now) {
    scrapeUpTo(now);
    values.computeIfPresent(labels(name, labels), (key, old) -> Math.max(least, old - by));
  }

  /** Takes away what scrapes from now on see, as when a machine ends. */
  synchronized void forget(Predicate<Map<String, String>> labels, Instant now) {
    scrapeUpTo(now);
    values.keySet().removeIf(labels);
    growths.keySet().removeIf(labels);
  }

  /** Takes the points that were due since the last time, with the values that stood then. */
  synchronized void scrapeUpTo(Instant now) {
    var first = now.minus(EVERY.multipliedBy(MOST_AT_ONCE));
    for (var at = next.isBefore(first) ? first : next; !at.isAfter(now); at = at.plus(EVERY)) {
      var due = at;
      growths.forEach((labels, by) -> values.computeIfPresent(labels, (k, v) -> by.after(v, due)));
      scrape(at.toEpochMilli(), values);
      scrape(at.toEpochMilli(), once);
      once.clear();
      next = at.plus(EVERY);
    }
  }

  private void scrape(long millis, Map<Map<String, String>, Double> seen) {
    seen.forEach(
        (labels, value) -> {
          var points = series.computeIfAbsent(labels, key -> new ArrayList<>());
          points.add(new Point(millis, value));
          if (points.size() > MOST_POINTS) {
            points.remove(0);
          }
        });
  }

  synchronized Map<Map<String, String>, List<Point>> matching(
      Predicate<Map<String, String>> wanted) {
    var found = new LinkedHashMap<Map<String, String>, List<Point>>();
    series.forEach(
        (labels, points) -> {
          if (wanted.test(labels)) {
            found.put(labels, List.copyOf(points));
          }
        });
    return found;
  }

  private static Map<String, String> labels(String name, Map<String, String> labels) {
    var all = new HashMap<>(labels);
    all.put("__name__", name);
    return new TreeMap<>(all);
  }
}
