package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.fly.MetricStore.Point;
import com.hotdash.ops.testkit.fly.Promql.BadQueryException;
import com.hotdash.ops.testkit.fly.PromqlNodes.Aggregate;
import com.hotdash.ops.testkit.fly.PromqlNodes.Binary;
import com.hotdash.ops.testkit.fly.PromqlNodes.Function;
import com.hotdash.ops.testkit.fly.PromqlNodes.Literal;
import com.hotdash.ops.testkit.fly.PromqlNodes.Node;
import com.hotdash.ops.testkit.fly.PromqlNodes.Selector;
import com.hotdash.ops.testkit.fly.PromqlNodes.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Works out a query at one moment. */
final class PromqlValues {
  /** How far back the last point of a series still counts. */
  private static final Duration LOOKBACK = Duration.ofMinutes(5);

  private final MetricStore store;
  private final long millis;

  PromqlValues(MetricStore store, long millis) {
    this.store = store;
    this.millis = millis;
  }

  /** One series' value. A scalar has no labels and says so. */
  record Sample(Map<String, String> labels, double value) {}

  /** What a part of a query comes to. */
  record Value(boolean scalar, List<Sample> samples) {
    static Value of(double number) {
      return new Value(true, List.of(new Sample(Map.of(), number)));
    }
  }

  Value of(Node node) {
    if (node instanceof Literal number) {
      return Value.of(number.value());
    }
    if (node instanceof Selector selector) {
      if (!selector.range().isZero()) {
        throw new BadQueryException("a range vector is no result: wrap it in a function");
      }
      return vector(selector, LOOKBACK, points -> points.get(points.size() - 1).value(), 1, true);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Binary binary) {
      return PromqlArithmetic.of(binary.operator(), of(binary.left()), of(binary.right()));
    }
    if (node instanceof Text) {
      throw new BadQueryException("a text is no result");
    }
    return function((Function) node);
  }

  private Value labelled(List<Node> arguments) {
    var texts =
        arguments.stream()
            .filter(Text.class::isInstance)
            .map(each -> ((Text) each).value())
            .toList();
    if (arguments.size() != 5 || texts.size() != 4) {
      throw new BadQueryException("label_replace takes a vector and four texts");
    }
    var from = pattern(texts.get(3));
    var samples = new ArrayList<Sample>();
    for (var sample : of(arguments.get(0)).samples()) {
      var matcher = from.matcher(sample.labels().getOrDefault(texts.get(2), ""));
      var labels = new TreeMap<>(sample.labels());
      if (matcher.matches()) {
        labels.put(texts.get(0), matcher.replaceFirst(texts.get(1)));
        labels.values().removeIf(String::isEmpty);
      }
      samples.add(new Sample(labels, sample.value()));
    }
    return new Value(false, samples);
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new BadQueryException("error parsing regexp: " + e.getDescription());
    }
  }

  private Value function(Function function) {
    var arguments = function.arguments();
    if (function.name().equals("histogram_quantile") && arguments.size() == 2) {
      var quantile = of(arguments.get(0));
      if (!quantile.scalar()) {
        throw new BadQueryException("histogram_quantile needs a number first");
      }
      return HistogramQuantile.of(quantile.samples().get(0).value(), of(arguments.get(1)));
    }
    if (function.name().equals("label_replace")) {
      return labelled(arguments);
    }
    if (arguments.size() != 1 || !(arguments.get(0) instanceof Selector selector)) {
      throw new BadQueryException("unsupported function or arguments: \"" + function.name() + '"');
    }
    // MetricsQL takes a missing range for its own step.
    var range = selector.range().isZero() ? LOOKBACK : selector.range();
    return switch (function.name()) {
      case "rate" -> vector(selector, range, p -> increase(p) / seconds(p), 2, false);
      case "increase" -> vector(selector, range, PromqlValues::increase, 2, false);
      case "delta" ->
          vector(selector, range, p -> p.get(p.size() - 1).value() - p.get(0).value(), 2, false);
      case "max_over_time" ->
          vector(
              selector, range, p -> p.stream().mapToDouble(Point::value).max().orElse(0), 1, false);
      case "min_over_time" ->
          vector(
              selector, range, p -> p.stream().mapToDouble(Point::value).min().orElse(0), 1, false);
      case "avg_over_time" ->
          vector(
              selector,
              range,
              p -> p.stream().mapToDouble(Point::value).average().orElse(0),
              1,
              false);
      case "count_over_time" -> vector(selector, range, List::size, 1, false);
      default -> throw new BadQueryException("unsupported function \"" + function.name() + '"');
    };
  }

  private Value vector(
      Selector selector,
      Duration range,
      ToDoubleFunction<List<Point>> value,
      int least,
      boolean keepName) {
    var samples = new ArrayList<Sample>();
    store
        .matching(selector::matches)
        .forEach(
            (labels, points) -> {
              long from = millis - range.toMillis();
              var inside =
                  points.stream().filter(p -> p.millis() > from && p.millis() <= millis).toList();
              if (inside.size() >= least) {
                var kept = new TreeMap<>(labels);
                if (!keepName) {
                  kept.remove("__name__");
                }
                samples.add(new Sample(kept, value.applyAsDouble(inside)));
              }
            });
    return new Value(false, samples);
  }

  private Value aggregate(Aggregate aggregate) {
    var groups = new LinkedHashMap<Map<String, String>, List<Double>>();
    for (var sample : of(aggregate.of()).samples()) {
      var key = new TreeMap<>(sample.labels());
      key.remove("__name__");
      if (aggregate.without()) {
        key.keySet().removeAll(Set.copyOf(aggregate.labels()));
      } else {
        key.keySet().retainAll(Set.copyOf(aggregate.labels()));
      }
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(sample.value());
    }
    var samples = new ArrayList<Sample>();
    groups.forEach(
        (labels, values) -> {
          var all = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
          samples.add(
              new Sample(
                  labels,
                  switch (aggregate.name()) {
                    case "sum" -> all.getSum();
                    case "max" -> all.getMax();
                    case "min" -> all.getMin();
                    case "avg" -> all.getAverage();
                    default -> all.getCount();
                  }));
        });
    return new Value(false, samples);
  }

  /** Adds up the growth; a fall is a restart from zero. */
  private static double increase(List<Point> points) {
    double sum = 0;
    @Nullable Point before = null;
    for (var point : points) {
      if (before != null) {
        double growth = point.value() - before.value();
        sum += growth < 0 ? point.value() : growth;
      }
      before = point;
    }
    return sum;
  }

  private static double seconds(List<Point> points) {
    return (points.get(points.size() - 1).millis() - points.get(0).millis()) / 1000.0;
  }
}
