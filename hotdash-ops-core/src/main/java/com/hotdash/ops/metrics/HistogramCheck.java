package com.hotdash.ops.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks whether the buckets of histograms fit together; else a quantile of them is doubtful. */
final class HistogramCheck {
  private static final int NAME = 80;

  /** The buckets of one series. */
  private static final class Points {
    private double[] bounds = new double[12];
    private double[] counts = new double[12];
    private int size;

    void add(double bound, double count) {
      if (size == bounds.length) {
        bounds = Arrays.copyOf(bounds, size * 2);
        counts = Arrays.copyOf(counts, size * 2);
      }
      bounds[size] = bound;
      counts[size++] = count;
    }

    Buckets buckets() {
      for (int i = 1; i < size; i++) {
        if (!(bounds[i - 1] < bounds[i])) {
          return sorted();
        }
      }
      return Buckets.ascending(Arrays.copyOf(bounds, size), Arrays.copyOf(counts, size));
    }

    private Buckets sorted() {
      var map = new HashMap<Double, Double>();
      for (int i = 0; i < size; i++) {
        map.merge(bounds[i], counts[i], Double::sum);
      }
      return Buckets.of(map);
    }
  }

  private HistogramCheck() {}

  /** Returns what is wrong with the buckets of one name, or null. */
  static @Nullable String problem(String name, Series buckets, @Nullable Series count) {
    var series = series(buckets);
    int endless = 0;
    int differ = 0;
    int fall = 0;
    var counted = counts(count);
    for (var one : series.entrySet()) {
      var made = one.getValue().buckets();
      var total = counted.remove(one.getKey());
      endless += Double.isNaN(made.total()) ? 1 : 0;
      differ += total != null && made.differs(total) ? 1 : 0;
      fall += made.lifted() ? 1 : 0;
    }
    // What has a count and no bucket at all.
    endless += counted.size();
    var found = new ArrayList<String>();
    say(found, endless, "the bucket +Inf is missing");
    say(found, differ, "the bucket +Inf is not the count");
    say(found, fall, "the counts of buckets fall");
    return found.isEmpty() ? null : subject(name) + String.join("; ", found);
  }

  static String withoutBuckets(String name) {
    return subject(name) + "it has no buckets";
  }

  private static void say(List<String> found, int series, String what) {
    if (series > 0) {
      found.add(String.format(Locale.ROOT, "%s in %,d series", what, series));
    }
  }

  private static String subject(String name) {
    var cut = name.length() <= NAME ? name : name.substring(0, NAME) + "…";
    return "histogram " + cut + ": ";
  }

  private static Map<Labels, Points> series(Series buckets) {
    var series = new LinkedHashMap<Labels, Points>();
    Labels last = null;
    Points points = null;
    for (var sample : buckets.samples()) {
      var le = sample.labels().get("le");
      // The buckets of a series nearly always follow one another.
      if (points == null || last == null || !sample.labels().sameWithout("le", last)) {
        points = series.computeIfAbsent(sample.labels().without("le"), l -> new Points());
        last = sample.labels();
      }
      if (le != null) {
        points.add(Numbers.ofLabel(le), sample.value());
      }
    }
    return series;
  }

  private static Map<Labels, Double> counts(@Nullable Series count) {
    var counts = new LinkedHashMap<Labels, Double>();
    if (count != null) {
      count.samples().forEach(sample -> counts.put(sample.labels(), sample.value()));
    }
    return counts;
  }
}
