package com.hotdash.ops.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Calls of the application to the shop's API, by its own count. A call that was throttled and
 * answered with HTTP 200 may be counted as a success.
 *
 * @param operation which operation; empty if the calls are not told apart
 * @param calls how many there were
 * @param errors how many ended with an error
 * @param window over which time
 * @param times how long they took, by upper bound in seconds
 */
public record ApiCalls(
    String operation, double calls, double errors, Duration window, Buckets times) {
  /**
   * Works the calls out, one for each operation.
   *
   * @param increases what grew
   * @param names how the application calls its metrics
   * @return the operations, sorted by name; empty if none is exported
   */
  public static List<ApiCalls> of(Increases increases, MetricNames names) {
    var calls = Merged.by(increases.of(names.apiCalls()), l -> operation(l, names));
    var times = Merged.by(increases.of(names.apiDurations() + "_bucket"), l -> operation(l, names));
    var operations = new TreeSet<>(calls.keySet());
    operations.addAll(times.keySet());
    var all = new ArrayList<ApiCalls>();
    for (var operation : operations) {
      var made = calls.getOrDefault(operation, List.of());
      var failed =
          made.stream().filter(one -> failed(StatusClass.of(names.status(one.labels())))).toList();
      all.add(
          new ApiCalls(
              operation,
              Merged.sum(made),
              Merged.sum(failed),
              increases.window(),
              Merged.buckets(times.getOrDefault(operation, List.of()), l -> true)));
    }
    return List.copyOf(all);
  }

  // Towards a service that we call, its 4xx are our failures as well.
  private static boolean failed(String statusClass) {
    return StatusClass.error(statusClass) || statusClass.equals("4xx");
  }

  private static String operation(Labels labels, MetricNames names) {
    return labels.value(names.operationLabel()).orElse("");
  }

  /**
   * Returns the share of errors.
   *
   * @return 0 to 1, or NaN if there was no call
   */
  public double errorShare() {
    return errors / calls;
  }

  /**
   * Returns the rate.
   *
   * @return calls per second, all machines together; NaN without a window
   */
  public double perSecond() {
    return window.isZero() ? Double.NaN : calls / (window.toNanos() / 1e9);
  }

  @Override
  public String toString() {
    return calls > 0
        ? String.format(
            Locale.ROOT,
            "%s: %.2f/s, %.1f %% errors (%s of %s), p95 %s",
            operation,
            perSecond(),
            errorShare() * 100,
            Numbers.text(errors),
            Numbers.text(calls),
            RequestLatency.quantile(times, 0.95))
        : operation + ": no data";
  }
}
