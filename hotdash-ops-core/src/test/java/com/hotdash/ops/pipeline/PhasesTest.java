package com.hotdash.ops.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhasesTest {
  @ParameterizedTest
  @CsvSource({
    "build, BUILD",
    "build (20.x), BUILD",
    "Lint and typecheck, BUILD",
    "ci / Build image, BUILD",
    "pre-deploy checks, PRE_DEPLOY",
    "validate-inputs, PRE_DEPLOY",
    "deploy, DEPLOY",
    "Deploy to Fly, DEPLOY",
    "post-deploy verification, HEALTH",
    "health-check after deploy, HEALTH",
    "smoke tests, HEALTH",
    "rollback on failed deploy, ROLLBACK",
    "notify, OTHER",
    "'', OTHER"
  })
  void of_jobName_isToldByItsFirstWord(String job, Phase expected) {
    assertThat(Phases.DEFAULT.of(job)).isEqualTo(expected);
  }

  @Test
  void words_handedIn_areCopiedAndKeepTheirOrder() {
    var words = new LinkedHashMap<String, Phase>();
    words.put("Ship it", Phase.DEPLOY);
    words.put("ship", Phase.HEALTH);
    var phases = new Phases(words);
    words.clear();

    assertThat(phases.of("SHIP IT now")).isEqualTo(Phase.DEPLOY);
    assertThat(phases.of("shipped")).isEqualTo(Phase.HEALTH);
  }
}
