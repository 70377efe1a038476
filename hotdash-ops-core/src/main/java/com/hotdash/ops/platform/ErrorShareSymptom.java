package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.resolution.Verification.Patience;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Too many answers with a 5xx status, as the platform saw them. */
final class ErrorShareSymptom implements PlatformSymptom {
  private static final String AT_MOST = "error_share_at_most";
  private static final String WINDOW = "window";
  private static final String LEAST_REQUESTS = "least_requests";

  // What a platform counts comes minutes late in part: two rounds of collecting and a look.
  private static final Duration SLACK = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final double atMost;
  private final Duration window;
  private final int leastRequests;

  ErrorShareSymptom(Map<String, String> goal) {
    this.atMost = Double.parseDouble(goal.getOrDefault(AT_MOST, ""));
    this.window = Duration.parse(goal.getOrDefault(WINDOW, ""));
    this.leastRequests = Integer.parseInt(goal.getOrDefault(LEAST_REQUESTS, ""));
  }

  static Map<String, String> goal(RollBackLimits limits) {
    return Map.of(
        AT_MOST, Double.toString(limits.errorShare()),
        WINDOW, limits.window().toString(),
        LEAST_REQUESTS, Integer.toString(limits.leastRequests()));
  }

  /** All of a window must lie after the change, and one more must agree. */
  static Patience patience(Map<String, String> goal) {
    var window = Duration.parse(goal.getOrDefault(WINDOW, ""));
    return new Patience(window, window.multipliedBy(3).plus(SLACK), EVERY);
  }

  @Override
  public String goal() {
    return "at most "
        + percent(atMost)
        + " of answers are 5xx over "
        + window.toSeconds()
        + " s, as seen at the edge";
  }

  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    var traffic = look.traffic(window);
    if (traffic instanceof Reading.Read<Traffic> read) {
      var requests = read.value().requests();
      var errors = read.value().errors();
      boolean present = errors > atMost * requests;
      boolean counted = errors >= 0 && errors <= requests && requests >= leastRequests;
      // Few requests may withhold the good news, never the bad.
      return !present && !counted
          ? Reading.unread(tooFew(requests))
          : Reading.of(measurement(present, requests, errors), read.evidence());
    }
    return Reading.unread(traffic.obstacle().orElseThrow());
  }

  private Measurement measurement(boolean present, double requests, double errors) {
    double share = requests == 0 ? 0 : errors / requests;
    return new Measurement(
        present,
        String.format(Locale.ROOT, "%s of %.0f answers are 5xx", percent(share), requests),
        Map.of("error share", share, "requests", requests));
  }

  private NotChecked tooFew(double requests) {
    return new NotChecked(
        "error share",
        Why.TOO_LITTLE_DATA,
        String.format(Locale.ROOT, "%.0f requests in %d s", requests, window.toSeconds()),
        "wait for more, or send some of your own; " + leastRequests + " are enough");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
