package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.platform.AnswerHistory;
import com.hotdash.ops.platform.Onset;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges a 95th percentile against a limit by counts, never by an interpolated figure: it is above
 * the limit if more than one in twenty took longer. Facts, metrics-and-logs §7 and §8.6.
 *
 * @param buckets answers by upper bound in seconds
 * @param limit what is still quick
 */
record SlowShare(Buckets buckets, Duration limit) {
  private static final double ONE_IN_TWENTY = 0.05;

  Verdict verdict() {
    return buckets.slower(limit, ONE_IN_TWENTY);
  }

  /** Since when more took longer, as that judges. */
  static Optional<Onset> since(AnswerHistory history, Duration limit) {
    return history.slowSince(limit, ONE_IN_TWENTY);
  }

  private double seconds() {
    return limit.toNanos() / 1e9;
  }

  boolean empty() {
    return !(buckets.total() > 0);
  }

  /** The share that was quick; an estimate where the limit is no bound of a bucket. */
  String quick() {
    return Figures.percent(buckets.shareAtOrUnder(seconds()));
  }

  /** Such as {@code p95 4.2 s: 12.0 % of 1,000 answers took more than 3 s}. */
  String text() {
    if (empty()) {
      return "no answer was seen";
    }
    var slow = buckets.countAbove(seconds());
    boolean exact = slow.lower() == slow.upper();
    return String.format(
        Locale.ROOT,
        "p95 %s: %s of %,.0f answers took more than %s",
        p95(),
        exact
            ? Figures.percent(slow.lower() / buckets.total())
            : "between "
                + Figures.percent(slow.lower() / buckets.total())
                + " and "
                + Figures.percent(slow.upper() / buckets.total()),
        buckets.total(),
        Figures.time(limit));
  }

  private String p95() {
    boolean open = buckets.range(0.95).upper() == Double.POSITIVE_INFINITY;
    return (open ? "at least " : "") + Figures.seconds(buckets.quantile(0.95));
  }
}
