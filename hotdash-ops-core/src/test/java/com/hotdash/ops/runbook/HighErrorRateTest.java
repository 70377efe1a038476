package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Verdict;
import org.junit.jupiter.api.Test;

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

  @Test
  void resolution_unknownVerb_isRefused() {
    try (var ops = RunbookProcedures.builder().build()) {
      assertThatThrownBy(
              () -> ops.resolution(Remedy.of(Incident.HIGH_ERROR_RATE, "restartEverything")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
