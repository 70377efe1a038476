package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.fly.PromqlValues.Sample;
import com.hotdash.ops.testkit.fly.PromqlValues.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@code histogram_quantile}: by straight lines between the bounds of buckets. */
final class HistogramQuantile {
  private HistogramQuantile() {}

  static Value of(double quantile, Value buckets) {
    var groups = new LinkedHashMap<Map<String, String>, TreeMap<Double, Double>>();
    for (var sample : buckets.samples()) {
      var labels = new TreeMap<>(sample.labels());
      labels.remove("__name__");
      var bound = labels.remove("le");
      if (bound != null) {
        groups
            .computeIfAbsent(labels, key -> new TreeMap<>())
            .merge(bound(bound), sample.value(), Double::sum);
      }
    }
    var samples = new ArrayList<Sample>();
    groups.forEach((labels, counts) -> samples.add(new Sample(labels, at(quantile, counts))));
    return new Value(false, samples);
  }

  private static double at(double quantile, NavigableMap<Double, Double> counts) {
    double total = counts.isEmpty() ? 0 : counts.lastEntry().getValue();
    if (!counts.containsKey(Double.POSITIVE_INFINITY) || total == 0) {
      return Double.NaN;
    }
    double rank = quantile * total;
    double lower = 0;
    double below = 0;
    for (var bucket : List.copyOf(counts.entrySet())) {
      double upper = bucket.getKey();
      double count = bucket.getValue();
      if (count >= rank) {
        if (Double.isInfinite(upper)) {
          return lower;
        }
        return count == below ? upper : lower + (upper - lower) * (rank - below) / (count - below);
      }
      lower = upper;
      below = count;
    }
    return lower;
  }

  private static double bound(String text) {
    return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
