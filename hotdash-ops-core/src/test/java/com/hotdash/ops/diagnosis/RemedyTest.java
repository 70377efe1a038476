package com.hotdash.ops.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemedyTest {
  @Test
  void line_argumentsOfAnyText_isOneLineOfJava() {
    assertThat(
            Remedy.of(Incident.DATABASE_CONNECTION_ISSUES, "endIdle", "a\"\\\n\u00e9\u4e2d").line())
        .isEqualTo("ops.databaseConnectionIssues().endIdle(\"a\\\"\\\\\\012\\351\\u4e2d\").plan()");
    assertThat(Remedy.of(Incident.MEMORY_CPU_ISSUES, "restart", "m1", "x").line())
        .isEqualTo("ops.memoryCpuIssues().restart(\"m1\", \"x\").plan()");
  }
}
