package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check-ups on the command line; what they find is tested on the simulated estate. */
class CheckupCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"before-deploy", "audit"})
  void checkup_nothingConfigured_isUnknownAndSaysWhatToSet(String command) {
    var ran = Ran.in(Map.of(), command);

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("[UNKNOWN]", "Not checked", "FLY_APP");
    assertThat(Ran.in(Map.of(), command, "--json").json().at("/verdict").asText())
        .isEqualTo("UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({"main", "3f2c9a", "-", "3f2c9a1d;ls"})
  void beforeDeploy_noCommit_isRefused(String sha) {
    var ran = Ran.in(Map.of(), "before-deploy", "--sha=" + sha);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--sha wants a commit");
  }

  @Test
  void beforeDeploy_withoutSha_takesThePipelines() {
    assertThat(Ran.in(Map.of("GITHUB_SHA", "no commit"), "before-deploy").code()).isEqualTo(2);
    assertThat(Ran.in(Map.of("GITHUB_SHA", "3f2c9a1d"), "before-deploy").code()).isEqualTo(3);
  }
}
