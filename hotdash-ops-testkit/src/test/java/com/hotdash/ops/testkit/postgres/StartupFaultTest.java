package com.hotdash.ops.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "initdb: error: cannot be run as root | install util-linux's unshare",
        "\"root\" execution of the PostgreSQL server is not permitted. | run as another user",
        "LOG: could not bind IPv4 address: Address already in use | start it again"
      })
  void of_knownLogLine_namesTheRemedy(String line, String remedy) {
    var fault = StartupFault.of(new IllegalStateException("Process failed"), List.of(line));

    assertThat(fault.nextStep()).hasValueSatisfying(step -> assertThat(step).contains(remedy));
  }

  @ParameterizedTest
  @CsvSource({
    "Missing embedded postgres binaries, class path",
    "Duplicate embedded postgres binaries, binaries(jar)"
  })
  void of_knownProblem_namesTheRemedy(String problem, String remedy) {
    var fault = StartupFault.of(new IllegalStateException(problem), List.of());

    assertThat(fault.nextStep()).hasValueSatisfying(step -> assertThat(step).contains(remedy));
  }

  @Test
  void of_unknownProblem_quotesTheServerElseTheError() {
    var problem = new IOException("Gave up waiting", new IOException("connect failed"));

    assertThat(StartupFault.of(problem, List.of("LOG:  ok", "FATAL:  no such thing")).problem())
        .isEqualTo("FATAL:  no such thing");
    assertThat(StartupFault.of(problem, List.of()).problem())
        .contains("Gave up waiting", "connect failed");
  }
}
