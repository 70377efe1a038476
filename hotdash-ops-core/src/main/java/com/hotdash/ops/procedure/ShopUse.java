package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.metrics.ApiCalls;
import com.hotdash.ops.metrics.Binomial;
import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** How calls to the shop fare, and what they cost. */
public sealed interface ShopUse extends ShopApiErrorsFinding {
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * What the application itself has counted of its calls. One that was throttled came with status
   * 200 and may be counted as a success.
   *
   * @param calls its calls, by operation
   * @param threshold the share of errors that is still good
   * @param evidence where it was seen
   */
  record ApplicationCalls(List<ApiCalls> calls, double threshold, List<Evidence> evidence)
      implements ShopUse {
    /** Copies the lists. */
    public ApplicationCalls {
      calls = List.copyOf(calls);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.application-calls";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return Binomial.judge(errors(), total(), threshold);
    }

    private double errors() {
      return calls.stream().mapToDouble(ApiCalls::errors).sum();
    }

    private double total() {
      return calls.stream().mapToDouble(ApiCalls::calls).sum();
    }

    @Override
    public String summary() {
      if (!(total() > 0)) {
        return "the application counted no call to the shop";
      }
      var worst =
          calls.stream()
              .filter(each -> each.errors() > 0)
              .max((a, b) -> Double.compare(a.errors(), b.errors()))
              .map(each -> "; most of " + each)
              .orElse("");
      return text("the application counted %.0f errors in %.0f calls", errors(), total())
          + (verdict() == Verdict.UNKNOWN ? ": too few to tell" : "")
          + worst;
    }
  }

  /**
   * What the application's log tells of the shop's interface.
   *
   * @param sightings refused tokens, throttled calls, timeouts; empty if none was seen
   * @param leastTimeouts how many timeouts are a problem
   * @param at when it was looked; what was not seen for five minutes has stopped, and is told and
   *     no trouble any more
   * @param complete whether what was read is enough to say that there is no trouble
   * @param coverage how much was read
   * @param evidence where it was seen
   */
  record Logged(
      List<Sighting> sightings,
      int leastTimeouts,
      Instant at,
      boolean complete,
      String coverage,
      List<Evidence> evidence)
      implements ShopUse {
    /** Copies the lists. */
    public Logged {
      sightings = List.copyOf(sightings);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.logged";
    }

    @Override
    public Severity weight() {
      return count(Signature.SHOP_AUTH) > 0 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (count(Signature.SHOP_AUTH) > 0
          || count(Signature.SHOP_THROTTLED) > 0
          || count(Signature.SHOP_TIMEOUT) >= leastTimeouts) {
        return Verdict.PROBLEM;
      }
      return complete ? Verdict.OK : Verdict.UNKNOWN;
    }

    /**
     * Counts the lines with one signature, if it goes on.
     *
     * @param signature which
     * @return how many
     */
    public long count(Signature signature) {
      return sightings.stream()
          .filter(each -> each.signature() == signature)
          .filter(this::goesOn)
          .mapToLong(Sighting::count)
          .sum();
    }

    private boolean goesOn(Sighting sighting) {
      return Lately.goesOn(sighting.last(), at);
    }

    @Override
    public String summary() {
      if (sightings.isEmpty()) {
        return "the log tells of no trouble with the shop"
            + (complete ? "" : ", but too little of it was read: " + coverage);
      }
      return "the log tells of "
          + sightings.stream()
              .map(
                  each ->
                      each.count()
                          + " × "
                          + each.signature()
                          + (goesOn(each) ? "" : ", and does no more"))
              .collect(Collectors.joining(", "));
    }
  }

  /**
   * What this process itself has called, and what that cost.
   *
   * @param calls the calls
   * @param threshold the share of failed calls that is still good
   * @param evidence where it was seen
   */
  record OwnCalls(ShopCalls calls, double threshold, List<Evidence> evidence) implements ShopUse {
    private static final int SHOWN = 3;

    /** Copies the list. */
    public OwnCalls {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.own-calls";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (sum(ShopOperation::throttled) > 0) {
        return Verdict.PROBLEM;
      }
      var failed =
          Binomial.judge(
              (double) sum(ShopOperation::failed), (double) sum(ShopOperation::calls), threshold);
      return failed == Verdict.PROBLEM ? Verdict.PROBLEM : Verdict.OK;
    }

    private long sum(ToLongFunction<ShopOperation> of) {
      return calls.operations().stream().mapToLong(of).sum();
    }

    @Override
    public String summary() {
      var all =
          text(
              "this process used %.1f points/s over %d s; %d of its %d calls were throttled, %d"
                  + " failed",
              calls.pointsPerSecond(),
              calls.window().toSeconds(),
              sum(ShopOperation::throttled),
              sum(ShopOperation::calls),
              sum(ShopOperation::failed));
      if (calls.operations().isEmpty()) {
        return all;
      }
      return calls.operations().stream()
          .limit(SHOWN)
          .map(ShopOperation::toString)
          .collect(Collectors.joining("; ", all + "; most of it: ", ""));
    }
  }

  /**
   * An operation that this process asks for again and again. It is waste, not an error.
   *
   * @param operation which
   * @param window over which time
   * @param evidence where it was seen
   */
  record Waste(ShopOperation operation, Duration window, List<Evidence> evidence)
      implements ShopUse {
    /** Copies the list. */
    public Waste {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return operation.period() == null ? "shop.repeats" : "shop.polling";
    }

    @Override
    public Severity weight() {
      return Severity.INFO;
    }

    @Override
    public Verdict verdict() {
      return Verdict.OK;
    }

    /**
     * Returns what repeating costs.
     *
     * @return points each hour
     */
    public double pointsPerHour() {
      return operation.repeated() * operation.each() * 3_600 / Math.max(1, window.toNanos() / 1e9);
    }

    @Override
    public String summary() {
      var period = operation.period();
      return text(
          "%s asks the same %s: %d of %d calls repeat another, %s",
          operation.name(),
          period == null ? "again" : "every " + text("%.1f s", period.toMillis() / 1_000.0),
          operation.repeated(),
          operation.calls(),
          perHour());
    }

    /** Returns what repeating costs each hour, in words: points, or calls that cost none. */
    String perHour() {
      return operation.each() > 0
          ? text("%.0f points/h", pointsPerHour())
          : text("%.0f calls/h", operation.repeated() * 3_600e9 / Math.max(1, window.toNanos()));
    }
  }
}
