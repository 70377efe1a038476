package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.procedure.ErrorRateThresholds;
import com.hotdash.ops.procedure.SlowResponseTimesThresholds;
import com.hotdash.ops.procedure.Thresholds;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HighErrorRateTest {
  @Test
  void diagnose_noPlatform_isUnknownAndSaysWhatToGive() {
    try (var ops = RunbookProcedures.builder().build()) {
      var diagnosis = ops.highErrorRate().diagnose();

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.notChecked()).isNotEmpty();
      assertThatThrownBy(() -> ops.highErrorRate().rollBack())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("platform");
    }
  }

  /** Requests a second at the edge; whether the application is asked as well. */
  @ParameterizedTest
  @CsvSource({"10, 0", "0.001, 1", "0, 1"})
  void diagnose_edgeCannotDecide_looksAtTheApplicationToo(double perSecond, int asked) {
    var platform = new SickPlatform();
    platform.requestsPerSecond = perSecond;
    var looks = new AtomicInteger();
    var app =
        new AppReader() {
          @Override
          public Estate.Part identity() {
            return new Estate.Part("application", "test", null);
          }

          @Override
          public Reading<AppHealth> health(Deadline deadline) {
            return unread("application health");
          }

          @Override
          public Reading<CertificateState> certificate(Deadline deadline) {
            return unread("application certificate");
          }

          @Override
          public Reading<AppWindow> metrics(Duration window, Deadline deadline) {
            looks.incrementAndGet();
            return unread("application metrics");
          }
        };
    platform.machine("m1", "sha256:1", MachineState.STARTED);
    try (var ops = RunbookProcedures.builder().platform(platform).app(app).build()) {
      var diagnosis = ops.highErrorRate().diagnose();

      assertThat(looks).hasValue(asked);
      assertThat(diagnosis.notChecked().stream().anyMatch(each -> each.what().contains("metrics")))
          .isEqualTo(asked == 1);
      assertThat(diagnosis.verdict()).isEqualTo(asked == 1 ? Verdict.UNKNOWN : Verdict.OK);
    }
  }

  private static <T> Reading<T> unread(String what) {
    return Reading.unread(new NotChecked(what, Why.UNREACHABLE, "no answer", "ask again"));
  }

  @Test
  void resolution_unknownVerb_isRefused() {
    try (var ops = RunbookProcedures.builder().build()) {
      assertThatThrownBy(
              () -> ops.resolution(Remedy.of(Incident.HIGH_ERROR_RATE, "restartEverything")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A change is measured by the limits that its diagnosis judges by. */
  @Test
  void plan_otherThresholds_isMeasuredByThem() {
    var platform = new SickPlatform();
    platform.release(62, Release.Status.COMPLETE, "b").release(63, Release.Status.COMPLETE, "c");
    platform.machine("m1", "c", MachineState.STARTED).machine("m2", "c", MachineState.STARTED);
    platform.answers = new int[] {300, 40};
    var slow = SlowResponseTimesThresholds.DEFAULT;
    var thresholds =
        Thresholds.DEFAULT
            .with(new ErrorRateThresholds(0.2, 0.2, 5))
            .with(
                new SlowResponseTimesThresholds(
                    Duration.ofSeconds(1),
                    slow.leastTimeouts(),
                    slow.lockWait(),
                    slow.statementMean(),
                    slow.statementLoad(),
                    slow.cacheRatio(),
                    slow.throttled(),
                    slow.eventLoopLag()));
    try (var ops =
        RunbookProcedures.builder()
            .time(platform.clock.time())
            .platform(platform)
            .thresholds(thresholds)
            .build()) {
      var back = ops.highErrorRate().rollBack().plan().proposal().goal();
      var bigger = ops.platform().scaleMemory(4_096).plan().proposal().goal();

      assertThat(back).containsEntry("error_share_at_most", "0.2");
      assertThat(back).containsEntry("answers_within", "PT1S");
      assertThat(bigger).containsEntry("answers_within", "PT1S");
    }
  }
}
