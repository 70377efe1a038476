package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What one run of the command line said, and with which code it ended. */
record Ran(int code, String out, String err) {
  static Ran in(Map<String, String> variables, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Ops.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Environment.of(variables),
            args);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs one command, which must never say the password in any form. */
  static Ran in(Map<String, String> variables, Secret password, String... args) {
    var ran = in(variables, args);
    assertThat(ran.out() + ran.err())
        .doesNotContain(password.reveal())
        .doesNotContain(URLEncoder.encode(password.reveal(), StandardCharsets.UTF_8))
        .doesNotContain("\tat ");
    return ran;
  }

  /**
   * Diagnoses until a fault has stood for long enough to count, and returns that answer: waits of
   * less than 5 s are no problem yet.
   */
  static JsonNode problem(Map<String, String> variables) {
    var deadline = Time.SYSTEM.deadline(Duration.ofSeconds(20));
    while (true) {
      var ran = in(variables, "diagnose", "R4", "--json");
      var seen = ran.json();
      if (seen.at("/plans/0").has("apply")) {
        assertThat(ran.code()).isEqualTo(1);
        return seen;
      }
      assertThat(deadline.expired()).as("no plan after 20 s: %s", seen).isFalse();
      assertThat(Time.SYSTEM.await(Duration.ofMillis(100))).isTrue();
    }
  }

  /** Reads standard output, which must be one JSON object and nothing else. */
  JsonNode json() {
    try {
      var node =
          JsonMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build()
              .readTree(out);
      assertThat(node.isObject()).isTrue();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(out, e);
    }
  }
}
