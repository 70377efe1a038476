package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogShortcutsTest {
  private static final String HEAD = "{\"timestamp\":\"2026-10-31T10:00:00.000Z\",\"level\":\"";

  private static String info(String message, String fields) {
    return HEAD + "info\",\"message\":\"" + message + "\",\"metadata\":{" + fields + "}}";
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P2024",
        "28P01",
        "[PR04]",
        "econnrefused",
        "Tenant or user not found",
        "P2037",
        "\\u00502024",
        "Killed process",
        "took 5 ms",
        "in 2s",
        "[Performance] load: 1234ms",
        "\u001b[1mP20\u001b[0m24",
        "P\u202e2024",
        "say \\\"x\\\" P1001",
        "\u212ailled process",
        "Order 1234567 failed"
      })
  void read_wordInInfoMessageAtAnyPlace_isSeenAsInAFullReading(String word) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 16; i++) {
      var message = "x".repeat(i) + " " + word + " y";
      lines.add(info(message, "\"durationMs\":" + (490 + i)));
      lines.add(info("ok", "\"note\":\"" + message + "\""));
      lines.add("ERROR " + message);
    }

    LogInvariants.check(bytes(lines));
  }

  @ParameterizedTest
  @EnumSource(Signature.class)
  void triggers_wordOfASignatureAtAnyPlace_isFound(Signature signature) {
    var triggers = new Triggers(500);

    assertThat(triggers.complete()).isTrue();
    for (var word : signature.words()) {
      for (int i = 0; i < 20; i++) {
        var text =
            ".".repeat(i) + word + (word.equals("[p") ? "m04] " : "04] ") + "\n" + " ".repeat(80);
        var line = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(triggers.scan(line, 0, text.indexOf('\n')) & Triggers.FULL).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"elapsed\":700,\"durationMs\":%d",
        "\"durationMs\":%d,\"waitMs\":900",
        "\"waitMs\":%d,\"durationMs\":900",
        "\"took\":\"700ms\",\"durationMs\":%d",
        "\"wait\":\" %d ms\"",
        "\"wait_s\":%d",
        "\"durationMs\":%d.5",
        "\"durationMs\" : %d",
        "\"durationMs\":\"%d\"",
        "\"durationNs\":%d",
        "\"total_seconds\":%d",
        "\"status\":504,\"x\":%d",
        "\"res.statusCode\":\"504\",\"x\":%d",
        "\"err\":{\"a\":%d}",
        "\"error.a\":%d",
        "\"durationMs\":%1$d},\"fly\":{\"app\":{\"instance\":\"m%1$d\"}",
        "\"operation\":\"job 1000%d\"",
        "\"url\":\"https://shop-1000%d.example.com/x\"",
        "\"module\":\"m1000%d\",\"durationMs\":700"
      })
  void read_durationsAndFieldsOfAllKinds_sayTheSameAsAFullReading(String fields) {
    var lines = new ArrayList<String>();
    for (int i = 100; i < 140; i++) {
      var line = info("sync", fields.formatted(i * 25));
      lines.add(line);
      lines.add(line.replace("\"info\"", "\"error\""));
      lines.add(
          line.replace(
              "}}",
              "},\"error\":{\"code\":\"1000"
                  + i
                  + "\",\"message\":\"1000"
                  + i
                  + " at https://h1000"
                  + i
                  + ".example.com code: '1000"
                  + i
                  + "'\"}}"));
    }
    Collections.shuffle(lines, new Random(3));

    LogInvariants.check(bytes(lines));
  }

  @Test
  void read_plainLinesAndTraces_sayTheSameAsAFullReading() {
    var parts =
        List.of(
            "GET /app/orders/81234567 200 - - 3.25 ms",
            "GET /app/orders/81234567 504 - - 30000.1 ms",
            "GET /app/orders/81234567 200 12 - 900.25 ms",
            "ERROR Order 81234567 failed",
            "ERROR Order 81234568 failed",
            "TypeError: x of 1234567\n    at a (b.js:1:2)\n    at c (d.js:3:4)",
            "TypeError: x of 7654321\n    at a (b.js:1:2)",
            "Invalid `prisma.x()` invocation:",
            "",
            "    at e (f.js:5:6)",
            "{ code: 'P1001' }",
            "}",
            "Caused by: x",
            info("ok", "\"durationMs\":12"),
            "POST /a 201 5 - 499.9999 ms",
            "POST /a 201 5 - 1.5 ms x",
            "ok then");
    var random = new Random(11);
    for (int round = 0; round < 60; round++) {
      var lines = new ArrayList<String>();
      for (int i = 0; i < 60; i++) {
        lines.add(parts.get(random.nextInt(parts.size())));
      }

      LogInvariants.check(bytes(lines));
    }
  }

  @Test
  void slow_thresholdBelowWhatWasKept_isRefused() {
    var line = info("sync", "\"durationMs\":700");
    var summary =
        LogReader.builder()
            .build()
            .read(new ByteArrayInputStream(bytes(List.of(line))), LogQuery.all("test"));

    assertThat(summary.slow(Duration.ofMillis(500))).hasSize(1);
    assertThatThrownBy(() -> summary.slow(Duration.ofMillis(499)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("durationsFrom");
  }

  @Test
  void read_streamThatDeliversNoMore_endsByTheLimitWithWhatWasRead() throws IOException {
    try (var out = new PipedOutputStream();
        var in = new PipedInputStream(out)) {
      out.write("ERROR it broke\nERROR".getBytes(StandardCharsets.US_ASCII));

      var summary =
          LogReader.builder().limit(Duration.ofMillis(200)).build().read(in, LogQuery.all("test"));

      assertThat(summary.errors()).isEqualTo(1);
      assertThat(summary.coverage().ended()).isEqualTo(Coverage.Ended.DEADLINE);
      assertThat(summary.has(Signature.EXIT)).isEqualTo(Presence.UNKNOWN);
    }
  }
}
