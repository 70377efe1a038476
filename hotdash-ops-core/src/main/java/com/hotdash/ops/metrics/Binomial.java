package com.hotdash.ops.metrics;

import com.hotdash.ops.evidence.Verdict;

/**
 * Whether a share is above a threshold, given how little was counted: by the exact binomial bounds
 * of Clopper and Pearson. Of more than 10<sup>8</sup>, by Wilson's score bounds, which differ from
 * those by less than 10<sup>-7</sup> there and cost nothing.
 */
public final class Binomial {
  /** From how many on the share itself decides where the bounds lie on both sides. */
  public static final double PLENTY = 1_000;

  // One-sided 97.5 %, so both together are the usual 95 % interval.
  private static final double TAIL = 0.025;
  private static final int STEPS = 100;
  // The normal distribution's value for that tail.
  private static final double DEVIATIONS = 1.959963984540054;
  // Above it the sums take seconds and the logarithms lose their last digits.
  private static final double MOST_EXACT = 1e8;
  private static final double[] LANCZOS = {
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private Binomial() {}

  /**
   * Judges a share.
   *
   * @param hits how many were hit, zero or more
   * @param total of how many, no fewer than were hit; else the answer is UNKNOWN
   * @param threshold the share that is still good, 0 to 1; strictly more is a problem
   * @return {@link Verdict#PROBLEM} if the lower bound is above the threshold, {@link Verdict#OK}
   *     if the upper bound is below it; between them the share itself decides if {@code total} is
   *     at least {@value #PLENTY}, else {@link Verdict#UNKNOWN}, as for no data
   */
  public static Verdict judge(double hits, double total, double threshold) {
    if (!(total > 0) || !(hits >= 0) || hits > total || Double.isInfinite(total)) {
      return Verdict.UNKNOWN;
    }
    if (lower(hits, total) > threshold) {
      return Verdict.PROBLEM;
    }
    if (upper(hits, total) < threshold) {
      return Verdict.OK;
    }
    if (total < PLENTY) {
      return Verdict.UNKNOWN;
    }
    return exceeds(hits, total, threshold) ? Verdict.PROBLEM : Verdict.OK;
  }

  /** Compares {@code 100 * hits} with {@code percent * total}: exactly 5 % is not above 5 %. */
  static boolean exceeds(double hits, double total, double threshold) {
    double percent = threshold * 100;
    double whole = Math.rint(percent);
    return 100 * hits > (Math.abs(percent - whole) < 1e-9 ? whole : percent) * total;
  }

  /**
   * Returns the lower 97.5 % bound of a share.
   *
   * @param hits how many were hit
   * @param total of how many
   * @return the bound, 0 to 1
   */
  public static double lower(double hits, double total) {
    return hits <= 0 ? 0 : 1 - upper(total - hits, total);
  }

  /**
   * Returns the upper 97.5 % bound of a share.
   *
   * @param hits how many were hit
   * @param total of how many
   * @return the bound, 0 to 1
   */
  public static double upper(double hits, double total) {
    if (hits >= total) {
      return 1;
    }
    if (total > MOST_EXACT) {
      return wilson(hits / total, total);
    }
    // P(X <= hits) falls as p grows; the bound is where it is the tail.
    double low = hits / total;
    double high = 1;
    for (int i = 0; i < STEPS && low < high; i++) {
      double middle = (low + high) / 2;
      if (atMost(hits, total, middle) > TAIL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double wilson(double share, double total) {
    double part = DEVIATIONS * DEVIATIONS / total;
    double spread = DEVIATIONS * Math.sqrt(share * (1 - share) / total + part / (4 * total));
    return Math.min(1, (share + part / 2 + spread) / (1 + part));
  }

  /** P(X <= k) of a binomial with n tries: the tail sum, each term from the one before. */
  static double atMost(double k, double n, double p) {
    if (p <= 0 || k >= n) {
      return 1;
    }
    if (p >= 1) {
      return 0;
    }
    double term =
        Math.exp(
            logGamma(n + 1)
                - logGamma(k + 1)
                - logGamma(n - k + 1)
                + k * Math.log(p)
                + (n - k) * Math.log1p(-p));
    double sum = 0;
    for (double i = k; i >= 0 && term > sum * 1e-17; i--) {
      sum += term;
      term *= i / (n - i + 1) * ((1 - p) / p);
    }
    return Math.min(1, sum);
  }

  private static double logGamma(double x) {
    double z = x - 1;
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (z + i);
    }
    double t = z + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
