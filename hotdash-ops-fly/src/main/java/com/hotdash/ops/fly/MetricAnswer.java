package com.hotdash.ops.fly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the metrics said. No data is not zero.
 *
 * @param promql the query
 * @param unit the unit of the values; empty if not known
 * @param outcome whether there is a value
 * @param series the series; one point each for a question about now
 */
public record MetricAnswer(String promql, String unit, Outcome outcome, List<Series> series) {
  /** The three outcomes of a question. */
  public enum Outcome {
    /** There is a value other than zero. */
    VALUE,
    /** The value is zero, and that is known. */
    ZERO,
    /** Nobody reported anything: nothing follows from it. */
    NO_DATA
  }

  /**
   * One series.
   *
   * @param labels its labels
   * @param points its points, by time
   */
  public record Series(Map<String, String> labels, List<Point> points) {
    /** Copies map and list. */
    public Series {
      labels = Map.copyOf(labels);
      points = List.copyOf(points);
    }

    /**
     * Returns the machine that the series is about.
     *
     * @return its id; empty if it is about no single one
     */
    public String instance() {
      return labels.getOrDefault("instance", "");
    }
  }

  /**
   * One point.
   *
   * @param at the time of the data
   * @param value a number, never {@code NaN}
   */
  public record Point(Instant at, double value) {}

  /** Copies the list. */
  public MetricAnswer {
    series = List.copyOf(series);
  }

  static MetricAnswer from(String promql, String unit, Fields data) {
    var series = new ArrayList<Series>();
    for (var result : data.objects("result")) {
      var points = new ArrayList<Point>();
      if (result.map().get("value") instanceof List<?> pair) {
        add(pair, points);
      }
      if (result.map().get("values") instanceof List<?> pairs) {
        pairs.forEach(
            pair -> {
              if (pair instanceof List<?> list) {
                add(list, points);
              }
            });
      }
      if (!points.isEmpty()) {
        series.add(new Series(result.texts("metric"), points));
      }
    }
    // A scalar comes as the pair itself.
    if (data.map().get("result") instanceof List<?> pair && data.objects("result").isEmpty()) {
      var points = new ArrayList<Point>();
      add(pair, points);
      if (!points.isEmpty()) {
        series.add(new Series(Map.of(), points));
      }
    }
    return new MetricAnswer(promql, unit, outcome(series), series);
  }

  private static Outcome outcome(List<Series> series) {
    if (series.isEmpty()) {
      return Outcome.NO_DATA;
    }
    return series.stream().flatMap(one -> one.points().stream()).allMatch(p -> p.value() == 0)
        ? Outcome.ZERO
        : Outcome.VALUE;
  }

  // Values are texts, "NaN" and "+Inf" among them; NaN is a division by nothing: no data.
  private static void add(List<?> pair, List<Point> points) {
    if (pair.size() != 2
        || !(pair.get(0) instanceof Number at)
        || !(pair.get(1) instanceof String text)
        || !text.matches("[+-]?(?:Inf|\\d[\\d.eE+-]*)")) {
      return;
    }
    var value =
        text.endsWith("Inf")
            ? (text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
            : Double.parseDouble(text);
    points.add(new Point(Instant.ofEpochMilli(Math.round(at.doubleValue() * 1000)), value));
  }

  MetricAnswer asZero() {
    return new MetricAnswer(promql, unit, Outcome.ZERO, List.of());
  }

  /**
   * Returns the highest of the newest values.
   *
   * @return the value; 0 if it is known to be zero; empty if there is no data
   */
  public OptionalDouble value() {
    if (outcome == Outcome.ZERO) {
      return OptionalDouble.of(0);
    }
    return series.stream()
        .mapToDouble(one -> one.points().get(one.points().size() - 1).value())
        .max();
  }

  /**
   * Returns the newest values by machine.
   *
   * @return values by the machine's id; under the empty name what is about no single one
   */
  public Map<String, Double> byMachine() {
    var values = new LinkedHashMap<String, Double>();
    series.forEach(
        one -> values.put(one.instance(), one.points().get(one.points().size() - 1).value()));
    return values;
  }

  @Override
  public String toString() {
    return switch (outcome) {
      case NO_DATA -> "no data for " + promql;
      case ZERO -> "0 " + unit;
      case VALUE ->
          series.size() == 1
              ? "%.4g %s".formatted(value().orElse(0), unit).strip()
              : byMachine() + " " + unit;
    };
  }
}
