package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.Binomial;
import com.hotdash.ops.platform.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Judges the newest minutes of a history, and more of it only while their counts cannot decide: few
 * requests say little, in both directions.
 *
 * @param tried what was looked at, the shortest first; only the last may have decided
 * @param verdict what the last comes to
 */
record Widening(List<Tried> tried, Verdict verdict) {
  /** 5, 15 and 60 minutes: facts, metrics-and-logs §8.6. */
  static final List<Duration> WINDOWS =
      List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(60));

  /** One window; it can be shorter than was asked for, where the history is. */
  record Tried(Duration window, double errors, double requests) {
    double share() {
      return errors / requests;
    }

    String counts() {
      return String.format(Locale.ROOT, "%,.0f of %,.0f in %s", errors, requests, time());
    }

    String time() {
      return window.toSeconds() % 60 == 0 && window.toSeconds() > 0
          ? window.toMinutes() + " min"
          : window.toSeconds() + " s";
    }
  }

  static Widening of(Traffic history, double threshold) {
    var tried = new ArrayList<Tried>();
    for (var window : WINDOWS) {
      var part = history.last(window);
      var seen =
          new Tried(part.step().multipliedBy(part.points().size()), part.errors(), part.requests());
      if (!tried.isEmpty() && tried.get(tried.size() - 1).window().equals(seen.window())) {
        break; // the history has no more
      }
      tried.add(seen);
      var verdict = Binomial.judge(seen.errors(), seen.requests(), threshold);
      if (verdict != Verdict.UNKNOWN) {
        return new Widening(List.copyOf(tried), verdict);
      }
    }
    return new Widening(List.copyOf(tried), Verdict.UNKNOWN);
  }

  /** The window that decided; the longest, if none did. */
  Tried last() {
    return tried.get(tried.size() - 1);
  }

  /** All counts, for when none decided. */
  String counts() {
    return tried.stream().map(Tried::counts).collect(Collectors.joining(", "));
  }
}
