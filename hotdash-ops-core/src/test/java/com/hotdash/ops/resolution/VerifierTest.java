package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(1));

  private final ManualTime clock = new ManualTime();
  private final Instant changedAt = clock.now();

  @Test
  void verify_goneAndStaysAway_isCuredAfterTheWindowAndNoSooner() {
    clock.advance(Duration.ofSeconds(1));

    var verification = verify(elapsed -> at(clock.now(), elapsed < 5));

    assertThat(verification.result()).isEqualTo(Result.CURED);
    assertThat(Duration.between(changedAt, clock.now()))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(17));
  }

  @Test
  void verify_comesBack_startsTheWindowAnew() {
    clock.advance(Duration.ofSeconds(1));

    var verification = verify(elapsed -> at(clock.now(), elapsed == 8));

    assertThat(verification.result()).isEqualTo(Result.CURED);
    assertThat(Duration.between(changedAt, clock.now())).isGreaterThan(Duration.ofSeconds(17));
  }

  @Test
  void verify_stillThere_isNotCured() {
    clock.advance(Duration.ofSeconds(1));

    assertThat(verify(elapsed -> at(clock.now(), true)).result()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void verify_onlyDataFromBeforeTheChange_isInconclusive() {
    var verification = verify(elapsed -> at(changedAt.minusSeconds(5), false));

    assertThat(verification.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(verification.detail()).contains("older than the change");
    assertThat(verification.samples()).isEmpty();
  }

  @Test
  void verify_observedAfterButDataFromBefore_isInconclusive() {
    var verification =
        verify(
            elapsed ->
                Reading.of(
                    measurement(false),
                    Evidence.of("0", "cache", clock.now()).withDataAt(changedAt)));

    assertThat(verification.result()).isEqualTo(Result.INCONCLUSIVE);
  }

  @Test
  void verify_cannotLook_isInconclusiveAndSaysWhy() {
    var verification =
        verify(
            elapsed ->
                Reading.unread(
                    new NotChecked("sessions", Why.UNREACHABLE, "refused", "check the host")));

    assertThat(verification.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(verification.detail()).contains("refused", "check the host");
  }

  @Test
  void verify_tooEarlyToTell_doesNotSayThatItCouldNotLook() {
    var verification =
        verify(
            elapsed ->
                Reading.unread(new NotChecked("run 7", Why.TOO_LITTLE_DATA, "not over", "wait")));

    assertThat(verification.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(verification.detail())
        .contains("run 7: not over (wait)")
        .doesNotContain("could not");
  }

  @Test
  void verify_seenToBeThereAndThenCannotLook_isNotCured() {
    clock.advance(Duration.ofSeconds(1));

    var verification =
        verify(
            elapsed ->
                elapsed < 55
                    ? at(clock.now(), true)
                    : Reading.unread(
                        new NotChecked("sessions", Why.TIMED_OUT, "slow", "look again")));

    assertThat(verification.result()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void verify_blindForLongAtTheEnd_isInconclusiveAndSaysWhenItLastSaw() {
    clock.advance(Duration.ofSeconds(1));

    var verification =
        verify(
            elapsed ->
                elapsed < 20
                    ? at(clock.now(), true)
                    : Reading.unread(
                        new NotChecked("sessions", Why.UNREACHABLE, "refused", "check the host")));

    assertThat(verification.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(verification.detail()).contains("last seen at", "3 wait", "refused");
  }

  @Test
  void verify_goneOnlyAtTheVeryEnd_isInconclusive() {
    clock.advance(Duration.ofSeconds(1));

    var verification = verify(elapsed -> at(clock.now(), elapsed < 55));

    assertThat(verification.result()).isEqualTo(Result.INCONCLUSIVE);
  }

  private Verification verify(Function<Long, Reading<Symptom.Measurement>> seen) {
    var symptom =
        new Symptom() {
          @Override
          public String goal() {
            return "nobody waits";
          }

          @Override
          public Reading<Measurement> measure(Deadline deadline) {
            return seen.apply(Duration.between(changedAt, clock.now()).toSeconds());
          }
        };
    return new Verifier(clock.time(), symptom, changedAt, PATIENCE).verify();
  }

  private static Reading<Symptom.Measurement> at(Instant when, boolean present) {
    return Reading.of(measurement(present), Evidence.of("", "test", when));
  }

  private static Symptom.Measurement measurement(boolean present) {
    return new Symptom.Measurement(present, present ? "3 wait" : "0 wait", Map.of());
  }
}
