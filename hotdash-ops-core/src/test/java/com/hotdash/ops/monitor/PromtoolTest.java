package com.hotdash.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Tick.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules and the metrics, judged by Prometheus' own tool: Debian has it in its package {@code
 * prometheus}. Skipped where it is absent.
 */
class PromtoolTest {
  private static final String TESTS = "hotdash-alerts-tests.yml";

  @TempDir Path folder;

  private static Path promtool() {
    var found =
        Arrays.stream(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .map(each -> Path.of(each, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "promtool is not installed: apt-get install prometheus");
    return found.orElseThrow();
  }

  private String tests() throws IOException {
    try (var in = Objects.requireNonNull(PromtoolTest.class.getResourceAsStream(TESTS))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** Runs it in the folder, and returns its exit code with what it said. */
  private String run(String input, String... arguments) throws Exception {
    var command = new java.util.ArrayList<>(List.of(promtool().toString()));
    command.addAll(List.of(arguments));
    var in = Files.writeString(folder.resolve("in.txt"), input);
    var out = folder.resolve("out.txt");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + Files.readString(out);
  }

  private String rulesTested(String rules) throws Exception {
    Files.writeString(folder.resolve(AlertRules.RESOURCE), rules);
    Files.writeString(folder.resolve(TESTS), tests());
    return run("", "test", "rules", TESTS);
  }

  @Test
  void rules_overSeries_fireWhenTheyShouldAndNotOtherwise() throws Exception {
    assertThat(rulesTested(AlertRules.prometheus())).startsWith("0 ").contains("SUCCESS");
    assertThat(run("", "check", "rules", AlertRules.RESOURCE)).startsWith("0 ");
  }

  /** That the series tell rules from worse ones. */
  @ParameterizedTest
  @CsvSource({
    "> 0.05 and, > 0.2 and",
    "[1h], [5m]",
    ">= 20, >= 0",
    "< 0.95, < 0.8",
    "> 0.85, > 0.95",
    "> 0.9, > 0.99",
    " and hotdash_ops_monitor_leads == 1, ''",
  })
  void rules_changedForTheWorse_areFoundOut(String from, String to) throws Exception {
    assertThat(AlertRules.prometheus()).contains(from);

    assertThat(rulesTested(AlertRules.prometheus().replace(from, to))).doesNotStartWith("0 ");
  }

  @Test
  void tests_nameEveryAlert() throws Exception {
    var alerts = new HashSet<String>();
    JsonMapper.builder()
        .build()
        .readTree(AlertRules.prometheus())
        .findValues("alert")
        .forEach(each -> alerts.add(each.asText()));

    assertThat(alerts).hasSizeGreaterThanOrEqualTo(14);
    assertThat(tests()).contains(alerts);
  }

  @Test
  void metrics_ofATick_areWellFormed() throws Exception {
    var at = Instant.parse("2026-11-23T03:00:00Z");
    var states =
        List.of(
            new Tick.State(Incident.HIGH_ERROR_RATE, Verdict.PROBLEM, true, at, false),
            new Tick.State(Incident.SLOW_RESPONSE_TIMES, Verdict.UNKNOWN, false, null, false));
    var tick = new Tick(at, Duration.ofMillis(1_500), Outcome.LOOKED, states, List.of(), List.of());

    for (var text :
        List.of(MonitorMetrics.of(tick, at.plusSeconds(61)), MonitorMetrics.of(null, at))) {
      assertThat(run(text, "check", "metrics")).startsWith("0 ");
    }
  }
}
