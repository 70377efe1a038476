package com.hotdash.ops.evidence;

import static com.hotdash.ops.evidence.Verdict.OK;
import static com.hotdash.ops.evidence.Verdict.PROBLEM;
import static com.hotdash.ops.evidence.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void rollUp_ofNothing_isUnknown() {
    assertThat(Verdict.rollUp(List.of())).isEqualTo(UNKNOWN);
  }

  @Test
  void rollUp_problemAmongUnknown_isProblem() {
    assertThat(Verdict.rollUp(List.of(OK, UNKNOWN, PROBLEM))).isEqualTo(PROBLEM);
  }

  @Test
  void rollUp_oneCouldNotLook_isNeverOk() {
    assertThat(Verdict.rollUp(List.of(OK, UNKNOWN, OK))).isEqualTo(UNKNOWN);
    assertThat(Verdict.rollUp(List.of(OK, OK))).isEqualTo(OK);
  }
}
