package com.hotdash.ops.testkit.fly;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the specification is really held against the answers. */
class MachinesSpecTest {
  @BeforeEach
  void specification() {
    assumeThat(MachinesSpec.atHand()).as("Fly's OpenAPI file is at hand").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/apps/a/machines/m,200,'{\"id\":7}'",
    "GET,/apps/a/machines/m,200,'{\"idd\":\"x\"}'",
    "GET,/apps/a/machines/m,200,'{\"config\":{\"env\":{\"A\":1}}}'",
    "GET,/apps/a/machines,200,'{}'",
    "GET,/apps/a/machines/m/nonsense,200,'{}'",
    "GET,/apps/a/machines/m,201,'{}'",
    "GET,/apps/a/machines/m,404,'{\"error\":\"x\",\"status\":\"new_word\"}'"
  })
  void check_wrongAnswer_isFound(String method, String path, int status, String body) {
    assertThatThrownBy(() -> MachinesSpec.check(method, path, status, body))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void check_unknownConfigFieldAndNulls_pass() {
    assertThatCode(
            () ->
                MachinesSpec.check(
                    "GET",
                    "/apps/a/machines/m",
                    200,
                    "{\"checks\":null,\"config\":{\"new\":1,\"env\":null}}"))
        .doesNotThrowAnyException();
  }
}
