package com.hotdash.ops.metrics;

import com.hotdash.ops.evidence.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cumulative counts by upper bound, and what follows from them, worked out as Prometheus does.
 * Immutable and thread-safe. Where there is nothing to judge by, the answer is NaN: no data, which
 * is neither 0 nor healthy.
 */
public final class Buckets {
  private static final double TOLERANCE = 1e-12;

  private final double[] bounds;
  private final double[] counts;
  private final boolean lifted;

  private Buckets(double[] bounds, double[] counts) {
    this.bounds = bounds;
    this.counts = counts;
    boolean fell = false;
    for (int i = 1; i < counts.length; i++) {
      double before = counts[i - 1];
      boolean less = counts[i] < before;
      if (less || close(before, counts[i])) {
        fell |= less && !close(before, counts[i]);
        counts[i] = before;
      }
    }
    this.lifted = fell;
  }

  private static boolean close(double a, double b) {
    return a == b
        || Math.abs(a - b) <= TOLERANCE * Math.max(Double.MIN_NORMAL, Math.abs(a) + Math.abs(b));
  }

  /**
   * Makes buckets.
   *
   * @param cumulative the counts at or under each upper bound, in any order
   * @return the buckets
   */
  public static Buckets of(Map<Double, Double> cumulative) {
    var sorted = new TreeMap<>(cumulative);
    sorted.remove(Double.NaN);
    return new Buckets(array(sorted.keySet()), array(sorted.values()));
  }

  /** Takes bounds that ascend; both arrays become its own. */
  static Buckets ascending(double[] bounds, double[] counts) {
    return new Buckets(bounds, counts);
  }

  private static double[] array(Collection<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Returns how much was counted in all.
   *
   * @return the count of the bucket {@code +Inf}; NaN if there is none
   */
  public double total() {
    int last = bounds.length - 1;
    return last >= 0 && bounds[last] == Double.POSITIVE_INFINITY ? counts[last] : Double.NaN;
  }

  /**
   * Whether a count of all is another one than that of the bucket {@code +Inf}, if there is one.
   */
  boolean differs(double count) {
    return !Double.isNaN(total()) && !close(total(), count);
  }

  /**
   * Returns whether a count was lower than one before it, and was lifted: the scrape was torn.
   *
   * @return true if so
   */
  public boolean lifted() {
    return lifted;
  }

  /**
   * Estimates a quantile as {@code histogram_quantile} does, linear inside a bucket.
   *
   * @param q from 0 to 1
   * @return the estimate; the highest finite bound if the true one is above it; NaN without data
   */
  public double quantile(double q) {
    if (Double.isNaN(q) || q < 0 || q > 1) {
      return Double.isNaN(q)
          ? Double.NaN
          : q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (noData()) {
      return Double.NaN;
    }
    int b = bucketOf(q);
    if (b == bounds.length - 1) {
      return bounds[b - 1];
    }
    if (b == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = b == 0 ? 0 : bounds[b - 1];
    double below = b == 0 ? 0 : counts[b - 1];
    return start + (bounds[b] - start) * ((q * total() - below) / (counts[b] - below));
  }

  /**
   * Returns the bounds between which a quantile certainly lies.
   *
   * @param q from 0 to 1
   * @return the bounds; both NaN without data
   * @throws IllegalArgumentException if {@code q} is out of range
   */
  public Range range(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("a quantile is from 0 to 1, not " + q);
    }
    if (noData()) {
      return new Range(Double.NaN, Double.NaN);
    }
    int b = bucketOf(q);
    double lower = b > 0 ? bounds[b - 1] : bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
    return new Range(lower, bounds[b]);
  }

  /**
   * Between which bounds a value lies.
   *
   * @param lower it is above this
   * @param upper it is at or under this; infinite if it lies above all finite bounds
   */
  public record Range(double lower, double upper) {}

  /**
   * Estimates which share lies at or under a value.
   *
   * @param value the value, in the unit of the bounds
   * @return 0 to 1; exact if the value is a bound; NaN without data
   */
  public double shareAtOrUnder(double value) {
    if (noData() || Double.isNaN(value)) {
      return Double.NaN;
    }
    return atOrUnder(value) / total();
  }

  private double atOrUnder(double value) {
    int b = 0;
    while (bounds[b] < value) {
      b++;
    }
    if (bounds[b] == value) {
      return counts[b];
    }
    if (b == bounds.length - 1) {
      return counts[b - 1];
    }
    if (b == 0) {
      return bounds[0] <= 0 || value <= 0 ? 0 : counts[0] * (value / bounds[0]);
    }
    double part = (value - bounds[b - 1]) / (bounds[b] - bounds[b - 1]);
    return counts[b - 1] + (counts[b] - counts[b - 1]) * part;
  }

  /**
   * Judges how many took longer than a limit by counts, never by an interpolated figure. Facts,
   * metrics-and-logs §7 and §8.6.
   *
   * @param limit what is still quick; bounds are seconds
   * @param share the share that may take longer, 0 to 1
   * @return {@link Verdict#PROBLEM} if more certainly did, {@link Verdict#OK} if fewer certainly
   *     did, else {@link Verdict#UNKNOWN}
   */
  public Verdict slower(Duration limit, double share) {
    var slow = countAbove(limit.toNanos() / 1e9);
    if (Binomial.judge(slow.lower(), total(), share) == Verdict.PROBLEM) {
      return Verdict.PROBLEM;
    }
    // Inside a bucket the least that is slow may look well while the most does not.
    return Binomial.judge(slow.upper(), total(), share) == Verdict.OK && !lifted()
        ? Verdict.OK
        : Verdict.UNKNOWN;
  }

  /**
   * Returns how many certainly and at most lie above a value. Both are equal if it is a bound.
   *
   * @param value the value
   * @return the counts; both NaN without data
   */
  public Range countAbove(double value) {
    if (noData()) {
      return new Range(Double.NaN, Double.NaN);
    }
    double under = 0;
    double over = total();
    for (int i = 0; i < bounds.length; i++) {
      if (bounds[i] <= value) {
        under = counts[i];
      }
      if (bounds[i] >= value) {
        over = counts[i];
        break;
      }
    }
    return new Range(total() - over, total() - under);
  }

  private boolean noData() {
    return bounds.length < 2 || !(total() > 0);
  }

  private int bucketOf(double q) {
    double rank = q * total();
    int b = 0;
    while (b < bounds.length - 1 && counts[b] < rank) {
      b++;
    }
    return b;
  }

  @Override
  public String toString() {
    return "Buckets" + Arrays.toString(bounds) + Arrays.toString(counts);
  }
}
