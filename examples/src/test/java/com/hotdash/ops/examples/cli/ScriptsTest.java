package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true of each script without running it. */
class ScriptsTest {
  static Stream<Path> worked() throws IOException {
    try (var files = Files.list(Path.of("jshell"))) {
      return files.filter(file -> !file.endsWith("ops.jsh")).sorted().toList().stream();
    }
  }

  @Test
  void worked_eachIncidentAndTriage_haveTheirScript() throws IOException {
    assertThat(worked().map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("triage"), Arrays.stream(Incident.values()).map(Incident::slug))
                .map(name -> name + ".jsh")
                .toList());
  }

  @ParameterizedTest
  @MethodSource("worked")
  void script_needsFiveShortStatements(Path script) throws IOException {
    var statements =
        Files.readAllLines(script).stream()
            .filter(line -> !line.startsWith("//") && !line.isBlank())
            .toList();

    assertThat(statements)
        .hasSizeBetween(1, 5)
        .allMatch(line -> line.length() <= 100, "at most 100 characters");
  }

  /** Whoever starts a script to see what it does must not have changed production by it. */
  @ParameterizedTest
  @MethodSource("worked")
  void script_endsAtThePlan_andShowsTheLineToApply(Path script) throws IOException {
    assertThat(Files.readAllLines(script))
        .filteredOn(line -> line.contains(".apply("))
        .singleElement()
        .asString()
        .startsWith("// ");
  }

  @ParameterizedTest
  @MethodSource("worked")
  void script_saysHowItIsStarted(Path script) throws IOException {
    assertThat(script)
        .content()
        .contains("--startup examples/jshell/ops.jsh examples/jshell/" + script.getFileName());
  }
}
