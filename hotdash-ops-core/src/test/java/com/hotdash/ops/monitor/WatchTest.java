package com.hotdash.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Diagnoses;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Watch.Result;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {
  private static final Secret SECRET = Secret.of("canary-of-watches");
  private static final Redactor REDACTOR = Redactor.of(List.of(SECRET));
  private static final Watch WATCH =
      new Watch(Duration.ofMinutes(2), Duration.ofMinutes(6), Duration.ofMinutes(1));

  private final ManualTime clock = new ManualTime();
  private final AtomicInteger looks = new AtomicInteger();

  /** P a problem, O fine, U unknown, E a look that breaks; the last one stays. */
  private Diagnosis look(String script, Deadline deadline) {
    assertThat(deadline.expired()).isFalse();
    int index = Math.min(looks.getAndIncrement(), script.length() - 1);
    return switch (script.charAt(index)) {
      case 'P' -> Diagnoses.of(Incident.HIGH_ERROR_RATE, Verdict.PROBLEM);
      case 'O' -> Diagnoses.of(Incident.HIGH_ERROR_RATE, Verdict.OK);
      case 'U' -> Diagnoses.of(Incident.HIGH_ERROR_RATE, Verdict.UNKNOWN);
      default -> throw new IllegalStateException("cannot log in with " + SECRET.reveal());
    };
  }

  private Watch.Outcome run(Watch watch, String script, @Nullable String execution) {
    return watch.run(deadline -> look(script, deadline), execution, clock.time(), REDACTOR);
  }

  @ParameterizedTest
  @CsvSource({
    "OOO, STABLE, 3",
    "PPOOO, STABLE, 5",
    "UOOO, STABLE, 4",
    "OPOOO, STABLE, 5",
    "OUOOO, STABLE, 5",
    "OOPP, BROKE, 4",
    "OPUPP, BROKE, 5",
    "PPPPPP, BROKE, 6",
    "UUUUUU, INCONCLUSIVE, 6",
    "EEEEEE, INCONCLUSIVE, 6",
    "OPOPOP, BROKE, 6",
    "POPOPU, INCONCLUSIVE, 6",
    "UUUUOO, INCONCLUSIVE, 6"
  })
  void run_looks_endsWhenItIsSure(String script, Result expected, int samples) {
    var outcome = run(WATCH, script, "abc-123");

    assertThat(outcome.result()).isEqualTo(expected);
    assertThat(outcome.samples()).hasSize(samples);
    assertThat(outcome.next()).isEqualTo(expected == Result.BROKE ? "ops.undo(\"abc-123\")" : "");
    assertThat(outcome.toString()).startsWith(expected + ": ").doesNotContain(SECRET.reveal());
  }

  @Test
  void run_nobodyNamedWhatIsWatched_offersNoUndo() {
    assertThat(run(WATCH, "OOPP", null).next()).isEmpty();
  }

  @Test
  void run_stableAtOnce_takesOneGoodLook() {
    var watch = new Watch(Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(10));

    assertThat(run(watch, "UO", null).samples()).hasSize(2);
  }

  @Test
  void run_interrupted_endsInconclusiveWithTheFlagSet() {
    var time = new Time(clock.time().clock(), clock.time().ticker(), this::interrupted);

    var outcome = WATCH.run(deadline -> look("P", deadline), "x", time, REDACTOR);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(outcome.detail()).startsWith("interrupted");
  }

  private void interrupted(Duration wait) throws InterruptedException {
    throw new InterruptedException(wait.toString());
  }

  @Test
  void of_duration_isStableAfterAThird() {
    assertThat(Watch.of(Duration.ofMinutes(15)))
        .isEqualTo(new Watch(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofSeconds(30)))
        .isEqualTo(Watch.DEFAULT);
    assertThat(Watch.of(Duration.ofSeconds(3)).every()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void watch_outOfBounds_isRefused() {
    var minute = Duration.ofMinutes(1);

    assertThatThrownBy(() -> new Watch(minute.multipliedBy(2), minute, minute))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Watch(minute, minute, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Watch.of(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
  }
}
