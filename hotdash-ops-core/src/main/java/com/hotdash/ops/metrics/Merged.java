package com.hotdash.ops.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Adds up increases over series and machines. */
final class Merged {
  private Merged() {}

  static Buckets buckets(List<Increase> bucketSeries, Predicate<Labels> kept) {
    var counts = new TreeMap<Double, Double>();
    for (var one : bucketSeries) {
      var le = one.labels().get("le");
      double bound = le == null ? Double.NaN : Numbers.ofLabel(le);
      if (!Double.isNaN(bound) && kept.test(one.labels())) {
        counts.merge(bound == 0 ? 0.0 : bound, one.amount(), Double::sum);
      }
    }
    return Buckets.of(counts);
  }

  static <K extends Comparable<K>> Map<K, List<Increase>> by(
      List<Increase> series, Function<Labels, K> key) {
    var groups = new TreeMap<K, List<Increase>>();
    for (var one : series) {
      groups.computeIfAbsent(key.apply(one.labels()), k -> new ArrayList<>()).add(one);
    }
    return groups;
  }

  /** Names the machines that do not export something, as the end of a sentence. */
  static String lacking(List<String> machines, String what) {
    return machines.isEmpty()
        ? ""
        : "; no "
            + what
            + " on "
            + machines.stream().limit(8).collect(Collectors.joining(", "))
            + (machines.size() > 8 ? " and more" : "");
  }

  /** Says how many requests have no route, as the end of a sentence: probes may be among them. */
  static String unrouted(List<Increase> requests, MetricNames names) {
    double count = sum(requests.stream().filter(one -> !names.routed(one.labels())).toList());
    return count > 0
        ? "; " + Numbers.text(count) + " requests name no route: probes may be among them"
        : "";
  }

  static double sum(List<Increase> series) {
    return series.stream().mapToDouble(Increase::amount).sum();
  }

  /** Whether all series have the same bounds: only then can they be added up. */
  static boolean sameBounds(List<Increase> bucketSeries) {
    var layouts =
        by(bucketSeries, labels -> labels.without("le").toString()).values().stream()
            .flatMap(group -> byInstance(group).values().stream())
            .distinct()
            .count();
    return layouts <= 1;
  }

  private static Map<String, List<Double>> byInstance(List<Increase> group) {
    var bounds = new TreeMap<String, List<Double>>();
    for (var one : group) {
      var le = one.labels().get("le");
      bounds
          .computeIfAbsent(one.instance(), i -> new ArrayList<>())
          .add(le == null ? Double.NaN : Numbers.ofLabel(le));
    }
    bounds.values().forEach(list -> list.sort(Double::compare));
    return bounds;
  }
}
