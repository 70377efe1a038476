package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
  private static final String HOTDASH = ".1 .3 .5 .7 1 3 5 7 10 +Inf";
  private static final String PROM = ".005 .01 .025 .05 .1 .25 .5 1 2.5 5 10 +Inf";

  static Buckets buckets(String bounds, String counts) {
    var map = new TreeMap<Double, Double>();
    var b = List.of(bounds.split(" "));
    var c = List.of(counts.split(" "));
    for (int i = 0; i < b.size(); i++) {
      map.merge(Numbers.ofLabel(b.get(i)), Double.valueOf(c.get(i)), Double::sum);
    }
    return Buckets.of(map);
  }

  @ParameterizedTest
  @CsvSource({
    "H, 400 700 850 900 930 960 980 990 996 1000, .95, 2.333333333333333",
    "H, 400 700 850 900 930 960 980 990 996 1000, .5, 0.16666666666666666",
    "H, 400 700 850 900 930 960 980 990 996 1000, .99, 7",
    "H, 400 700 850 900 930 960 980 990 996 1000, .999, 10",
    "H, 400 700 850 900 930 960 980 990 996 1000, 1, 10",
    "H, 400 700 850 900 930 960 980 990 996 1000, 0, 0",
    "H, 400 700 850 900 930 949 980 990 996 1000, .95, 3.064516129032258",
    "H, 0 0 0 0 0 0 0 0 0 0, .95, NaN",
    "H, 0 0 0 0 0 0 0 0 0 5, .95, 10",
    "P, 0 0 5 40 200 500 800 900 940 970 1000 1000, .95, 3.333333333333333",
    ".1 .3 1.5 10 +Inf, 500 800 940 990 1000, .95, 3.2",
    ".1 .3 1.5 10 +Inf, 500 800 940 990 1000, .999, 10",
    ".5 +Inf, 10 10, .95, 0.475",
    "1 +Inf, 10 10, .95, 0.95",
    "+Inf, 10, .95, NaN",
    "1, 10, .95, NaN",
    ".1 .2 .5 +Inf, 5 3 8 10, .5, 0.1",
    ".1 .2 .5 +Inf, 5 3 8 10, .6, 0.3",
    ".1 .2 .5 +Inf, 5 3 8 10, .95, 0.5",
    "-1 0 1 +Inf, 2 5 9 10, .1, -1",
    "-1 0 1 +Inf, 2 5 9 10, .3, -0.6666666666666667",
    "-1 0 1 +Inf, 2 5 9 10, .7, 0.5",
    ".1 .2 .2 +Inf, 1 1 2 6, .5, 0.2",
    ".1 .2 +Inf, 0 5 5, 0, NaN",
    "1 +Inf, 10 10, NaN, NaN",
    "1 +Inf, 10 10, -0.1, -Infinity",
    "1 +Inf, 10 10, 1.1, Infinity"
  })
  void quantile_goldenRow_agrees(String bounds, String counts, double q, double expected) {
    double value = buckets(named(bounds), counts).quantile(q);

    same(value, expected);
  }

  private static void same(double value, double expected) {
    if (Double.isFinite(expected)) {
      assertThat(value).isCloseTo(expected, within(1e-9));
    } else {
      assertThat(value).isEqualTo(Double.valueOf(expected));
    }
  }

  private static String named(String bounds) {
    return bounds.equals("H") ? HOTDASH : bounds.equals("P") ? PROM : bounds;
  }

  @ParameterizedTest
  @CsvSource({
    "H, 400 700 850 900 930 960 980 990 996 1000, 3, .96",
    "H, 400 700 850 900 930 960 980 990 996 1000, 2, .945",
    "H, 400 700 850 900 930 960 980 990 996 1000, .05, .2",
    "H, 400 700 850 900 930 960 980 990 996 1000, 20, .996",
    "H, 400 700 850 900 930 949 980 990 996 1000, 3, .949",
    "P, 0 0 5 40 200 500 800 900 940 970 1000 1000, 3, .946",
    ".1 .3 1.5 10 +Inf, 500 800 940 990 1000, 3, .9488235294117647",
    "H, 0 0 0 0 0 0 0 0 0 0, 3, NaN"
  })
  void shareAtOrUnder_goldenRow_agrees(String bounds, String counts, double v, double expected) {
    same(buckets(named(bounds), counts).shareAtOrUnder(v), expected);
  }

  @Test
  void lifted_fallingCount_isSaid() {
    assertThat(buckets(".1 .2 .5 +Inf", "5 3 8 10").lifted()).isTrue();
    assertThat(buckets(".1 .2 .5 +Inf", "5 5 8 10").lifted()).isFalse();
  }

  @Test
  void range_aboveAllBounds_isOpen() {
    var range = buckets(HOTDASH, "0 0 0 0 0 0 0 0 0 5").range(0.95);

    assertThat(range).isEqualTo(new Buckets.Range(10, Double.POSITIVE_INFINITY));
  }

  @Test
  void countAbove_insideABucket_saysLeastAndMost() {
    var buckets = buckets(".1 .3 1.5 10 +Inf", "500 800 940 990 1000");

    assertThat(buckets.countAbove(3)).isEqualTo(new Buckets.Range(10, 60));
    assertThat(buckets.countAbove(1.5)).isEqualTo(new Buckets.Range(60, 60));
  }

  /** Written anew from the text of the rule, with lists and no shared code. */
  private static double second(List<Double> bounds, List<Double> raw, double q) {
    var counts = new ArrayList<Double>();
    double highest = 0;
    for (double count : raw) {
      highest = Math.max(highest, count);
      counts.add(highest);
    }
    double total = counts.get(counts.size() - 1);
    if (bounds.size() < 2 || total == 0) {
      return Double.NaN;
    }
    double rank = q * total;
    for (int i = 0; i < bounds.size() - 1; i++) {
      if (counts.get(i) >= rank) {
        double upper = bounds.get(i);
        if (i == 0) {
          return upper <= 0 ? upper : upper * (rank / counts.get(0));
        }
        double width = upper - bounds.get(i - 1);
        double inside = counts.get(i) - counts.get(i - 1);
        return bounds.get(i - 1) + width * ((rank - counts.get(i - 1)) / inside);
      }
    }
    return bounds.get(bounds.size() - 2);
  }

  @Test
  void quantile_randomBuckets_agreesWithASecondImplementation() {
    var random = new Random(20261123);
    for (int round = 0; round < 10_000; round++) {
      int n = 1 + random.nextInt(12);
      var map = new TreeMap<Double, Double>();
      double count = 0;
      for (int i = 0; i < n; i++) {
        count += random.nextInt(3) == 0 ? 0 : random.nextInt(1000);
        map.put((random.nextInt(4000) - 500) / 100.0, count);
      }
      var bounds = new ArrayList<>(map.keySet());
      var counts = new ArrayList<>(map.values());
      bounds.add(Double.POSITIVE_INFINITY);
      counts.add(count + random.nextInt(50));
      map.put(Double.POSITIVE_INFINITY, counts.get(counts.size() - 1));
      double q = random.nextInt(1001) / 1000.0;

      double mine = Buckets.of(map).quantile(q);
      double other = second(bounds, counts, q);

      if (Double.isNaN(other)) {
        assertThat(mine).isNaN();
      } else {
        assertThat(mine)
            .as(() -> Arrays.toString(counts.toArray()) + q)
            .isCloseTo(other, within(1e-9 * Math.max(1, Math.abs(other))));
      }
    }
  }
}
