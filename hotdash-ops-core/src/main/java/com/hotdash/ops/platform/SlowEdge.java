package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.Binomial;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Too many answers that took too long, as the platform's edge counted them. */
final class SlowEdge implements PlatformSymptom {
  /** The newest five minutes decide, as for the diagnosis. */
  static final Duration BEFORE = Duration.ofMinutes(5);

  private static final String LIMIT = "answers_within";
  private static final double ONE_IN_TWENTY = 0.05;
  private static final Duration WINDOW = Duration.ofMinutes(2);

  private final Duration limit;

  private SlowEdge(Duration limit) {
    this.limit = limit;
  }

  /** Where the limit lies inside a bucket, more may be slow than certainly is: that is enough. */
  static Map<String, String> goal(AnswerTimes times, AilmentLimits limits) {
    var limit = limits.answersWithin();
    var slow = times.edge().countAbove(limit.toNanos() / 1e9).upper();
    return Binomial.judge(slow, times.edge().total(), ONE_IN_TWENTY) == Verdict.PROBLEM
        ? Map.of(LIMIT, limit.toString())
        : Map.of();
  }

  static Optional<PlatformSymptom> of(Map<String, String> goal) {
    return Optional.ofNullable(goal.get(LIMIT)).map(Duration::parse).map(SlowEdge::new);
  }

  @Override
  public String goal() {
    return "95 % of answers take at most "
        + seconds()
        + " over "
        + WINDOW.toSeconds()
        + " s, as seen at the edge";
  }

  @Override
  public Duration window() {
    return WINDOW;
  }

  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    if (!(look.answerTimes(WINDOW) instanceof Reading.Read<AnswerTimes> read)) {
      return PlatformSymptom.tooLittle(
          "answer times", "the platform counted none", "send requests of your own");
    }
    var edge = read.value().edge();
    var verdict = edge.slower(limit, ONE_IN_TWENTY);
    double total = edge.total();
    if (verdict == Verdict.UNKNOWN) {
      return PlatformSymptom.tooLittle(
          "answer times",
          String.format(Locale.ROOT, "%.0f answers in %d s", total, WINDOW.toSeconds()),
          "wait for more, or send some of your own");
    }
    double quick = edge.shareAtOrUnder(limit.toNanos() / 1e9);
    var measurement =
        new Measurement(
            verdict == Verdict.PROBLEM,
            String.format(
                Locale.ROOT,
                "%.1f %% of %.0f answers took at most %s",
                100 * quick,
                total,
                seconds()),
            Map.of("share of quick answers", quick, "answers", total));
    return Reading.of(
        measurement, PlatformSymptom.over(read.value().window(), read.evidence(), measurement));
  }

  private String seconds() {
    return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }
}
