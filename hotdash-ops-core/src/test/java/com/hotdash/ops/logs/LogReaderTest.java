package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private static LogSummary read(String... lines) {
    return LogInvariants.read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), true);
  }

  private static String error(int second, String message, String code) {
    return String.format(
        "{\"timestamp\":\"2026-11-23T10:%02d:%02d.000Z\",\"level\":\"error\",\"message\":\"%s\",\"service\":\"hotdash-app\",\"module\":\"shopify\",\"metadata\":{\"durationMs\":%d},\"error\":{\"message\":\"%s\",\"code\":\"%s\"}}",
        second / 60, second % 60, message, 100 + second, message, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Order 8123%03d failed",
        "Failed for order_81%03d",
        "job-77f%03d ended in failure",
        "user=42%03d not found",
        "#1%03d could not be paid",
        "gid://shopify/Order/91%03d is gone",
        "GET https://shop.example.com/orders/9%03d?x=1 failed",
        "session 3f2504e0-4f89-11d3-9a0c-0305e82c3%03d broke",
        "lost 10.1.2.3:5%03d again",
        "read of 0xdeadb%03d failed",
        "took 3%03dms, gave up",
        "mail to bob%03d@example.com bounced",
        "at 2026-11-23T10:00:00.%03dZ it broke",
        "cannot open /app/orders/7%03d/edit",
        "Unknown field 'abc%03d' on Order",
      })
  void groups_oneErrorWithTenIds_makesOneGroup(String form) {
    var lines = IntStream.range(100, 110).mapToObj(i -> error(i, form.formatted(i), "")).toList();

    var summary = read(lines.toArray(String[]::new));

    assertThat(summary.groups())
        .singleElement()
        .satisfies(g -> assertThat(g.count()).isEqualTo(10));
  }

  @Test
  void groups_tenNamesWithoutDigits_makeOneGroup() {
    var names =
        List.of("alice", "bob", "carol", "dan", "eve", "frank", "grace", "heidi", "ivan", "judy");

    var summary =
        read(
            names.stream()
                .map(n -> error(1, "Could not load customer " + n, ""))
                .toArray(String[]::new));

    assertThat(summary.groups())
        .singleElement()
        .satisfies(g -> assertThat(g.template()).contains("customer <*>"));
  }

  @ParameterizedTest
  @CsvSource({"P2024,P1001", "ECONNREFUSED,ECONNRESET", "53300,53400", "P1008,P1017"})
  void groups_twoCodes_stayApart(String one, String other) {
    assertThat(read(error(1, "It failed", one), error(2, "It failed", other)).groups()).hasSize(2);
    assertThat(
            read(
                    "Error: it failed " + "code: '" + one + "'",
                    "Error: it failed code: '" + other + "'")
                .groups())
        .hasSize(2);
  }

  @Test
  void groups_statuses429And500_stayApart() {
    var line =
        "{\"timestamp\":\"2026-11-23T10:00:00.000Z\",\"level\":\"error\",\"message\":\"call failed\",\"metadata\":{\"status\":%d}}";

    assertThat(read(line.formatted(429), line.formatted(500)).groups()).hasSize(2);
  }

  @Test
  void groups_errorsEndingInTheSameWord_stayApart() {
    assertThat(read(error(1, "Sync of orders failed", ""), error(2, "Login failed", "")).groups())
        .hasSize(2);
  }

  @Test
  void read_linesInAnyOrder_sayTheSame() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      lines.add(
          error(
              i,
              "Order " + i + " of " + (char) ('a' + i % 20) + "x failed",
              i % 3 == 0 ? "P2024" : "ECONNRESET"));
      lines.add("GET /app/orders/" + i + " " + (i % 7 == 0 ? 500 : 200) + " - - " + i + ".5 ms");
      lines.add("[shopify] ERROR plain " + i);
    }
    var expected = LogInvariants.view(read(lines.toArray(String[]::new)));

    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(lines, new Random(seed));
      assertThat(LogInvariants.view(read(lines.toArray(String[]::new)))).isEqualTo(expected);
    }
  }

  @Test
  void read_moreGroupsThanAllowed_saysSoWhateverTheOrder() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 26 * 26; i++) {
      lines.add(error(i, "E" + (char) ('a' + i % 26) + " " + (char) ('a' + i / 26), ""));
    }
    var reader =
        LogReader.builder()
            .durationsFrom(Duration.ZERO)
            .time(new ManualTime().time())
            .maxGroups(10)
            .build();
    var query = LogQuery.all("test");

    var one = reader.read(stream(lines), query);
    Collections.shuffle(lines, new Random(1));
    var two = reader.read(stream(lines), query);

    assertThat(one.groups()).hasSizeLessThanOrEqualTo(10);
    assertThat(one.ungrouped()).isPositive();
    assertThat(LogInvariants.view(one)).isEqualTo(LogInvariants.view(two));
  }

  private static InputStream stream(List<String> lines) {
    return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "took 1500ms",
        "order 50012 saved",
        "bytes=500",
        "author of the post",
        "authenticated successfully",
        "OAuth callback ok",
        "GC: heap 120 MB, memory fine",
        "Mark-sweep 120.1 (150.2) MB, heap ok",
        "GET /health 200 - - 4 ms"
      })
  void read_harmlessLine_isNoErrorAndNoSign(String line) {
    var summary = read(line);

    assertThat(summary.errors()).isZero();
    assertThat(summary.sightings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error: it broke",
        "{\"level\":50,\"msg\":\"x\"}",
        "GET /app 502 - - 31.4 ms",
        "FATAL it broke",
        "Unhandled rejection of x",
        "level=error msg=\"a \\\"b\\\"\"",
        "TypeError: x is not a function",
        "1.2.3.4 - - [23/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 503 123 \"-\" \"ua\"",
        "{\"name\":\"app\",\"level\":60,\"msg\":\"x\",\"time\":\"2026-11-23T10:00:00Z\",\"v\":0}",
        "\u001b[2m2026-11-23T10:00:00Z\u001b[0m app[148e21] \u001b[32mord\u001b[0m [\u001b[34minfo\u001b[0m]ERROR it broke"
      })
  void read_errorInAnyShape_isCounted(String line) {
    assertThat(read(line).errors()).isEqualTo(1);
  }

  @Test
  void has_partialReading_isUnknownUnlessSeen() {
    var reader = LogReader.builder().maxLines(2).build();
    var all = "x\n[PR04] y\nz\nw\n".getBytes(StandardCharsets.UTF_8);

    var summary = reader.read(new ByteArrayInputStream(all), LogQuery.all("test"));

    assertThat(summary.has(Signature.PROXY_NO_MACHINE)).isEqualTo(Presence.PRESENT);
    assertThat(summary.has(Signature.OOM_KERNEL)).isEqualTo(Presence.UNKNOWN);
    assertThat(read("x").has(Signature.OOM_KERNEL)).isEqualTo(Presence.ABSENT);
    assertThat(read("").reading()).isInstanceOf(Reading.Unread.class);
  }

  @Test
  void coverage_lastSecondsOfTheWindow_isSaid() {
    var query = new LogQuery("test", START.minusSeconds(600), START, false, List.of());
    var lines = new ArrayList<LogLine>();
    for (int i = 0; i < 2_000; i++) {
      lines.add(
          new LogLine(START.minusMillis(40_000 - i * 20L), "m1", "ord", "app", "info", "ok", null));
    }

    var summary = LogReader.builder().build().read(lines, query);

    assertThat(summary.coverage())
        .hasToString("2,000 lines, last 39 s of 10 min, incomplete (end)");
    assertThat(summary.has(Signature.EXIT)).isEqualTo(Presence.UNKNOWN);
  }

  @Test
  void coverage_newestPartIsWhole_reachesThatFar() {
    var query = new LogQuery("test", START.minusSeconds(600), START, false, List.of());
    var part = query.withAllSince(START.minusSeconds(300));
    var lines =
        List.of(new LogLine(START.minusSeconds(20), "m1", "ord", "app", "info", "ok", null));
    var reader = LogReader.builder().build();

    assertThat(reader.read(lines, query).coverage().reaches(START)).isFalse();
    assertThat(reader.read(lines, part).coverage().complete()).isFalse();
    assertThat(reader.read(lines, part).coverage().reaches(START.minusSeconds(300))).isTrue();
    assertThat(reader.read(lines, part).coverage().reaches(START.minusSeconds(301))).isFalse();
    // No line at all is no part of a log.
    assertThat(reader.read(List.of(), part).coverage().reaches(START)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T09:40:00.000Z, 2026-11-23T09:59:59.000Z, ABSENT",
    "2026-11-23T09:59:58.000Z, 2026-01-01T00:00:00.000Z, UNKNOWN",
    "2026-11-23T09:59:58.000Z, 2026-11-23T09:59:59.000Z, UNKNOWN"
  })
  void has_pieceOfALog_isAbsentOnlyIfItBeginsBeforeTheWindow(
      String first, String second, Presence expected) {
    var to = Instant.parse("2026-11-23T10:00:00Z");
    var query = new LogQuery("tail", to.minusSeconds(600), to, false, List.of());
    var text =
        Stream.of(first, second)
            .map("{\"timestamp\":\"%s\",\"level\":\"info\",\"message\":\"ok\"}\n"::formatted)
            .collect(Collectors.joining());

    var summary =
        LogReader.builder()
            .build()
            .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), query);

    assertThat(summary.has(Signature.EXIT)).isEqualTo(expected);
  }

  @Test
  void has_messageThatTellsOfAnOldTime_platformTimeSaysHowFarTheLogReaches() {
    var query = new LogQuery("fly logs", START.minusSeconds(600), START, false, List.of());
    var message = "{\"timestamp\":\"2025-01-01T00:00:00Z\",\"message\":\"webhook replayed\"}";
    var lines =
        List.of(new LogLine(START.minusSeconds(4), "m1", "ord", "app", "info", message, null));

    var summary = LogReader.builder().build().read(lines, query);

    assertThat(summary.has(Signature.EXIT)).isEqualTo(Presence.UNKNOWN);
    assertThat(summary.coverage().first()).isEqualTo(START.minusSeconds(4));
  }

  private static byte[] gzip(String text) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static Stream<Arguments> noLogs() {
    var random = new byte[100_000];
    new Random(7).nextBytes(random);
    var error = "{\"level\":\"info\",\"message\":\"fine\"}\n".repeat(500);
    return Stream.of(
        Arguments.of("gzip", gzip(error)),
        Arguments.of("zip", "PK\u0003\u0004\u0014 app.log".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("binary", random),
        Arguments.of("UTF-16", error.getBytes(StandardCharsets.UTF_16LE)),
        Arguments.of(
            "login", "\uFEFF\n<!DOCTYPE html>\n<title>Sign in".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("page", "<HTML><body>502".getBytes(StandardCharsets.UTF_8)));
  }

  /** What is no log says nothing, least of all that there is no error. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("noLogs")
  void read_whatIsNoLog_isNotChecked(String what, byte[] bytes, @TempDir Path directory)
      throws IOException {
    var summary =
        LogReader.builder().build().read(new ByteArrayInputStream(bytes), LogQuery.all("x"));

    assertThat(summary.has(Signature.POOL_EMPTY)).isEqualTo(Presence.UNKNOWN);
    assertThat(summary.coverage().ended()).isEqualTo(Coverage.Ended.NO_LOG);
    assertThat(summary.toString()).contains("no log");
    assertThat(summary.reading().obstacle())
        .hasValueSatisfying(why -> assertThat(why.why()).isEqualTo(NotChecked.Why.NOT_UNDERSTOOD));
    var file = Files.write(directory.resolve("x.log"), bytes);
    var parts = LogReader.builder().executor(Runnable::run, 4).build();
    assertThat(parts.read(file, LogQuery.all("x")).coverage().ended())
        .isEqualTo(Coverage.Ended.NO_LOG);
  }

  @Test
  void read_otherEncoding_whatIsSeenIsStillEvidence() {
    var bytes = "FATAL [PR04] x\n".getBytes(StandardCharsets.UTF_16LE);

    var summary =
        LogReader.builder().build().read(new ByteArrayInputStream(bytes), LogQuery.all("x"));

    assertThat(summary.has(Signature.PROXY_NO_MACHINE)).isEqualTo(Presence.PRESENT);
    assertThat(summary.reading()).isInstanceOf(Reading.Read.class);
  }

  @Test
  void read_byteOrderMark_firstLineIsReadToo() {
    assertThat(read("\uFEFF{\"level\":\"error\",\"message\":\"boom\"}").errors()).isEqualTo(1);
    assertThat(read("\uFEFFERROR boom").errors()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"level\":\"error\",\"message\":\"timed out fetch | UNKNOWN",
        "{\"level\":\"error\",\"message\":\"timed out fetch\"} | ABSENT",
        "ERROR timed out fetch | ABSENT"
      })
  void has_lastLineBreaksOff_isUnknown(String last, Presence expected) {
    var text = "{\"level\":\"info\",\"message\":\"ok\"}\n" + last;

    var summary =
        LogReader.builder()
            .build()
            .read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LogQuery.all("x"));

    assertThat(summary.has(Signature.POOL_EMPTY)).isEqualTo(expected);
  }

  /** Instant goes to a milliard years, a count of milliseconds does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\":\"+292278995-01-01T00:00:00Z\",\"level\":\"error\",\"message\":\"x\"}",
        "{\"timestamp\":\"-292278995-01-01T00:00:00Z\",\"level\":\"error\",\"message\":\"x\"}",
        "{\"time\":\"+999999999-01-01T00:00:00+01:00\",\"level\":50,\"msg\":\"x\"}",
        "1.2.3.4 - - [23/Nov/+999999999:10:00:00 +0000] \"GET / HTTP/1.1\" 500 1 \"-\" \"ua\""
      })
  void read_timeBeyondAllCounting_isNone(String line) {
    var summary = read(line);

    assertThat(summary.errors()).isEqualTo(1);
    assertThat(summary.coverage().first()).isNull();
  }

  @Test
  void read_platformTimeBeyondAllCounting_isNone() {
    var line = new LogLine(Instant.MAX, "m1", "ord", "app", "info", "ERROR it broke", null);

    var summary = LogReader.builder().build().read(List.of(line), LogQuery.all("test"));

    assertThat(summary.errors()).isEqualTo(1);
    assertThat(summary.coverage().last()).isNull();
  }

  @Test
  void read_tracesOfTwoMachinesInterleaved_areJoinedPerMachine() {
    var lines = new ArrayList<LogLine>();
    for (var text :
        List.of(
            "TypeError: x of 12",
            "    at load (file:///app/build/server/index-BxA12c9d.js:12:3)",
            "    at run (node:internal/x:1:2)",
            "{ code: 'P1001', a: 1 }",
            "ok")) {
      for (var machine : List.of("m1", "m2")) {
        lines.add(new LogLine(START, machine, "ord", "app", "info", text, null));
      }
    }

    var group = LogReader.builder().build().read(lines, LogQuery.all("test")).groups();

    assertThat(group)
        .singleElement()
        .satisfies(
            g -> {
              assertThat(g.count()).isEqualTo(2);
              assertThat(g.code()).isEqualTo("P1001");
              assertThat(g.frames()).containsExactly("load (index.js)");
              assertThat(g.machines()).containsOnlyKeys("m1", "m2");
            });
  }

  @Test
  void read_javaTrace_isGroupedByItsDeepestCause() {
    var group =
        read(
                "java.lang.IllegalStateException: x",
                "\tat com.hotdash.B.c(B.java:12)",
                "\t... 12 more",
                "Caused by: java.io.IOException: disk",
                "\tat com.hotdash.D.e(D.java:3)",
                "\tat java.base/x(Y.java:1)")
            .groups();

    assertThat(group)
        .singleElement()
        .satisfies(
            g -> {
              assertThat(g.type()).isEqualTo("java.io.IOException");
              assertThat(g.frames()).contains("com.hotdash.D.e (D.java)");
            });
  }

  @Test
  void slow_routesWithIds_areRanked() {
    var summary =
        read(
            "GET /app/orders/12 200 - - 3120.4 ms",
            "GET /app/orders/13 200 - - 4120.4 ms",
            "GET /health 200 - - 1 ms",
            "{\"timestamp\":\"2026-11-23T10:00:00.000Z\",\"level\":\"info\",\"message\":\"sync\",\"module\":\"jobs\",\"metadata\":{\"durationMs\":9000}}");

    var slow = summary.slow(Duration.ofSeconds(3));

    assertThat(slow)
        .extracting(SlowOperation::operation)
        .containsExactly("GET /app/orders/<ID>", "jobs: sync");
    assertThat(slow.get(0).max()).isEqualTo(Duration.ofNanos(4_120_400_000L));
    assertThat(slow.get(1).unitSource()).isEqualTo(UnitSource.FIELD_NAME);
  }

  @ParameterizedTest
  @CsvSource({
    "duration=123ms,123000000,EXPLICIT", "duration=1.2s,1200000000,EXPLICIT",
        "'took 1,234 ms',1234000000,EXPLICIT",
    "in 45\u00b5s,45000,EXPLICIT", "in 45\u03bcs,45000,EXPLICIT",
        "[Performance] loadTiles: 1234ms,1234000000,EXPLICIT",
    "in 7ns,7,EXPLICIT", "took 1m2.5s,62500000000,EXPLICIT"
  })
  void inText_durationWithUnit_isRead(String text, long nanos, UnitSource source) {
    assertThat(Durations.inText(text)).isEqualTo(new Took(Duration.ofNanos(nanos), source));
  }

  @Test
  void summary_changeBeforeTheFirstError_isSaid() {
    var query =
        new LogQuery(
            "test",
            START.plusSeconds(60),
            null,
            true,
            List.of(
                new Change("v118", START.plusSeconds(60)),
                new Change("v117", START.minusSeconds(900))));
    var lines =
        List.of(
            "{\"timestamp\":\"2026-11-23T10:00:01.000Z\",\"level\":\"info\",\"message\":\"ok then\"}",
            error(70, "It broke", "P2024"));

    var group = LogReader.builder().build().read(stream(lines), query).groups().get(0);

    assertThat(group.beganAfter()).isEqualTo(new Change("v118", START.plusSeconds(60)));
    assertThat(group.trend()).isEqualTo(Trend.NEW);
  }

  @Test
  void crashLoops_threeKillsInTenMinutes_areALoop() {
    var lines =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new LogLine(
                        START.plusSeconds(i * 60L),
                        "m1",
                        "ord",
                        "runner",
                        "info",
                        "Main child exited normally with code: 137",
                        null))
            .toList();

    assertThat(LogReader.builder().build().read(lines, LogQuery.all("test")).crashLoops())
        .containsExactly("m1");
  }

  @Test
  void read_secrets_areNowhere() {
    var marked =
        "postgres://bob:canary-1@db.example.com/x Bearer canary-22222222 shpat_canary33333333 cookie: canary-4";
    var summary =
        read(
            error(1, marked + " bob.canary@example.com", "P2024"),
            "Error: " + marked,
            error(2, "x", "shpat_canary33333333"),
            "{\"level\":50,\"msg\":\"x\",\"err\":{\"type\":\"canary@example.com\"}}");

    assertThat(LogInvariants.view(summary)).doesNotContain("canary");
  }

  @Test
  void read_endlessStreams_endWithinTheirBounds() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    var time = new ManualTime();

    var byBytes =
        LogReader.builder().maxBytes(10_000_000).build().read(endless, LogQuery.all("test"));
    var byTime =
        LogReader.builder()
            .time(time.time())
            .limit(Duration.ofSeconds(1))
            .build()
            .read(
                new InputStream() {
                  @Override
                  public int read() {
                    return '\n';
                  }

                  @Override
                  public int read(byte[] buffer, int offset, int length) {
                    time.advance(Duration.ofMillis(600));
                    return 1;
                  }
                },
                LogQuery.all("test"));

    assertThat(byBytes.coverage().ended()).isEqualTo(Coverage.Ended.BYTES);
    assertThat(byBytes.coverage().cutLines()).isEqualTo(1);
    assertThat(byTime.coverage().ended()).isEqualTo(Coverage.Ended.DEADLINE);
  }

  @Test
  void read_streamThatFails_keepsWhatWasRead() {
    var failing =
        new SequenceInputStream(
            stream(List.of("Error: a", "Error: b", "")),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("gone");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("gone");
              }
            });

    var summary = LogReader.builder().build().read(failing, LogQuery.all("test"));

    assertThat(summary.errors()).isEqualTo(2);
    assertThat(summary.coverage().ended()).isEqualTo(Coverage.Ended.FAILED);
    assertThat(summary.has(Signature.EXIT)).isEqualTo(Presence.UNKNOWN);
  }

  @Test
  void read_bytesOfAllKinds_keepTheInvariants() {
    var random = new Random(7);
    var parts =
        List.of(
            error(1, "x 12", "P2024"),
            "{\"timestamp\":\"2026-11-23T10:00:00.000Z\",\"level\":\"info\",\"message\":\"",
            "ECONNREFUSED",
            "\"error\":",
            "\n",
            "\u001b[31m",
            "NaN",
            "{\"a\":".repeat(100),
            "<html>",
            "\"durationMs\":12",
            "    at f (a.js:1:2)",
            "\"}",
            ",",
            "\"status\":500",
            "\u0000\ufffd",
            "Caused by: x",
            "9999999");
    for (int i = 0; i < 600; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(14); j >= 0; j--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      for (int j = random.nextInt(3); j > 0 && i % 2 == 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      LogInvariants.check(bytes);
    }
  }

  @Test
  void read_fileByParts_saysTheSameAsInOne(@TempDir Path folder) throws IOException {
    var file = folder.resolve("app.log");
    var lines = new ArrayList<String>();
    var padding = "y".repeat(800);
    for (int i = 0; i < 12_000; i++) {
      lines.add(
          i % 20 == 0
              ? error(i % 3_000, "Order " + i + " failed", "P2024")
              : String.format(
                  "{\"timestamp\":\"2026-11-23T10:%02d:%02d.000Z\",\"level\":\"info\",\"message\":\"%s\"}",
                  i % 3_000 / 60, i % 60, padding));
    }
    Files.write(file, lines);

    var one =
        LogReader.builder()
            .time(new ManualTime().time())
            .durationsFrom(Duration.ZERO)
            .build()
            .read(file, LogQuery.all("test"));
    var two =
        LogReader.builder()
            .time(new ManualTime().time())
            .durationsFrom(Duration.ZERO)
            .executor(Runnable::run, 3)
            .build()
            .read(file, LogQuery.all("test"));

    assertThat(Files.size(file)).isGreaterThan(8 << 20);
    assertThat(LogInvariants.view(two)).isEqualTo(LogInvariants.view(one));
    assertThat(one.errors()).isEqualTo(600);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void read_fileThatIsNotThere_saysWhatToDo(int threads, @TempDir Path folder) {
    var reader = LogReader.builder().executor(Runnable::run, threads).build();
    var missing = folder.resolve("shpat_canary33333333.log");

    assertThatThrownBy(() -> reader.read(missing, LogQuery.all("test")))
        .isInstanceOfSatisfying(
            LogFileException.class,
            e -> {
              assertThat(e.operation()).hasToString("log file.read");
              assertThat(e.problem()).endsWith("does not exist");
              assertThat(e.nextStep().orElseThrow()).contains("check the path");
            })
        .hasMessageNotContaining("canary")
        .cause()
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> reader.read(folder, LogQuery.all("test")))
        .isInstanceOf(LogFileException.class)
        .hasMessageContaining("is a directory. Next: name one log file in it");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void of_faultOfAFile_namesItsNextStep(IOException cause, String problem, boolean retryable) {
    var failed =
        LogFileException.of(Path.of("no-such.log"), cause, new LogRedaction(Redactor.SHAPES));

    assertThat(failed.problem()).contains("no-such.log").contains(problem);
    assertThat(failed.nextStep()).isPresent();
    assertThat(failed.retryable()).isEqualTo(retryable);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("x"), "may not be read", false),
        Arguments.of(new EOFException(), "became shorter", true),
        Arguments.of(new IOException("x"), "could not be read (IOException)", false));
  }

  @Test
  void toString_longSource_keepsHowMuchWasRead() {
    var query = new LogQuery("log of ".repeat(40), START, START.plusSeconds(600), false, List.of());

    var text =
        LogReader.builder()
            .maxLines(1)
            .build()
            .read(stream(List.of(error(1, "x", "P2024"), "y")), query)
            .toString();

    assertThat(text.lines().findFirst().orElseThrow())
        .hasSizeLessThanOrEqualTo(100)
        .endsWith("…: 1 lines, last 0 s of 10 min, incomplete (lines)");
  }

  @Test
  void builder_boundOfZero_isRefused() {
    assertThatThrownBy(() -> LogReader.builder().maxLines(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void read_repeatedLines_shortcutsChangeNothingAndLeakNothing(long seed) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 900; i++) {
      var line = error(i, "connect ECONNREFUSED 10.0.0.1:5432", "ECONNREFUSED");
      lines.add(
          i % 2 == 0
              ? line.replace(
                  "{\"durationMs\"", "{\"route\":\"/reset/canary@example.com\",\"durationMs\"")
              : line.replace("\"level\":\"error\"", "\"level\":\"info\"")
                  .replace("\"error\":", "\"x\":"));
    }
    Collections.shuffle(lines, new Random(seed));
    var query =
        new LogQuery("test", START.plusSeconds(200), START.plusSeconds(700), true, List.of());
    var reader = LogReader.builder().time(new ManualTime().time()).durationsFrom(Duration.ZERO);

    var quick = reader.build().read(stream(lines), query);
    var slow = reader.shortcuts(false).build().read(stream(lines), query);

    assertThat(LogInvariants.view(quick))
        .isEqualTo(LogInvariants.view(slow))
        .doesNotContain("canary");
    assertThat(quick.errors()).isEqualTo(251);
  }
}
