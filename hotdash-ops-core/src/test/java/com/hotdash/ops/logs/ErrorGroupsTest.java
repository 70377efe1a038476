package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one error is, and what are two. */
class ErrorGroupsTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final List<String> CODES =
      List.of(
          "P1001",
          "P1008",
          "P1017",
          "P2024",
          "P2037",
          "ECONNREFUSED",
          "ECONNRESET",
          "ETIMEDOUT",
          "ENOTFOUND",
          "EAI_AGAIN",
          "EPIPE",
          "53300",
          "57014",
          "28P01",
          "PR04",
          "PC01");

  private static LogLine line(int second, String machine, String text) {
    return new LogLine(START.plusSeconds(second), machine, "ord", "app", "info", text, null);
  }

  private static LogSummary read(List<LogLine> lines) {
    return reader(2_000).read(lines, LogQuery.all("test"));
  }

  private static LogReader reader(int groups) {
    return LogReader.builder()
        .durationsFrom(Duration.ZERO)
        .time(new ManualTime().time())
        .maxGroups(groups)
        .build();
  }

  private static String digits(Random random, int many) {
    return IntStream.range(0, many)
        .mapToObj(i -> String.valueOf(i == 0 ? 1 + random.nextInt(9) : random.nextInt(10)))
        .collect(Collectors.joining());
  }

  static Stream<Arguments> ids() {
    return Stream.of(
        id("uuid", r -> new UUID(r.nextLong(), r.nextLong()).toString()),
        id("glued uuid", r -> "order_" + new UUID(r.nextLong(), r.nextLong())),
        id("hex", r -> String.format("%06x%d", r.nextInt(1 << 24), 10 + r.nextInt(90))),
        id("0x", r -> "0x" + Integer.toHexString(r.nextInt(1 << 30))),
        id("gid", r -> "gid://shopify/Order/" + digits(r, 7 + r.nextInt(6))),
        id("glued number", r -> "order_" + digits(r, 3 + r.nextInt(7))),
        id("glued mixed", r -> "job-" + digits(r, 2) + "f" + r.nextInt(10)),
        id("hash sign", r -> "#" + digits(r, 4)),
        id("equals", r -> "user=" + digits(r, 1 + r.nextInt(9))),
        id(
            "mail",
            r -> "bob" + r.nextInt(99) + (r.nextBoolean() ? ".x" : "") + "@mail.example.com"),
        id(
            "address",
            r -> "10." + r.nextInt(256) + ".0." + r.nextInt(256) + ":" + (1024 + r.nextInt(9_000))),
        id("path", r -> "/app/orders/" + digits(r, 1 + r.nextInt(9)) + "/edit"),
        id("url", r -> "https://shop.example.com/orders/" + digits(r, 5) + "?x=" + r.nextInt()),
        id("quoted", r -> "'" + new UUID(r.nextLong(), r.nextLong()) + "'"),
        id("quoted name", r -> "\"" + (r.nextBoolean() ? "blue" : "green") + r.nextInt() + "\""),
        id("7 and 8 digits", r -> digits(r, 7 + r.nextInt(2))),
        id("number", r -> digits(r, 1 + r.nextInt(12))),
        id("time", r -> START.plusMillis(r.nextInt()).toString()),
        id("duration", r -> r.nextInt(9_000) + (r.nextBoolean() ? "ms" : " s")),
        id("size", r -> r.nextInt(9_000) + (r.nextBoolean() ? " MB" : "KiB")));
  }

  private static Arguments id(String name, Function<Random, String> make) {
    return Arguments.of(name, make);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ids")
  void groups_oneErrorWithTenIds_isOneGroup(String name, Function<Random, String> make) {
    for (int seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      var lines =
          IntStream.range(0, 10)
              .mapToObj(
                  i -> line(i, "m1", "ERROR could not finish " + make.apply(random) + " in time"))
              .toList();

      assertThat(read(lines).groups())
          .as("seed %s: %s", seed, lines.get(0).message())
          .singleElement()
          .satisfies(group -> assertThat(group.count()).isEqualTo(10));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error: it failed code: '%s'",
        "{\"level\":\"error\",\"message\":\"it failed\",\"error\":{\"message\":\"x\",\"code\":\"%s\"}}",
        "{\"level\":50,\"msg\":\"it failed\",\"err\":{\"type\":\"Error\",\"code\":\"%s\",\"stack\":\"Error: x\\n    at f (/app/a.js:1:2)\"}}",
        "TypeError: x\n    at f (/app/a.js:1:2)\n{ code: '%s' }",
        "level=error msg=\"it failed\" code=%s",
      })
  void groups_twoCodes_areNeverOne(String form) {
    var lines = new ArrayList<LogLine>();
    for (int i = 0; i < 160; i++) {
      lines.add(line(i, "m1", form.formatted(CODES.get(i % CODES.size()))));
    }

    assertThat(read(lines).groups())
        .hasSize(CODES.size())
        .allSatisfy(group -> assertThat(group.count()).isEqualTo(10))
        .extracting(ErrorGroup::code)
        .containsExactlyInAnyOrderElementsOf(CODES);
  }

  @ParameterizedTest
  @CsvSource({
    "Could not %s customer alice,load;save;delete;update",
    "Could not connect to %s,redis;postgres;shopify;queue",
    "The shop cannot %s,read;write;lock;sync;parse;close;open;send;fetch;create;delete;update",
    "%s of the nightly job failed,Sync;Export;Import;Cleanup",
    "Failed to %s billing,reach;charge;refund;cancel",
  })
  void groups_wordsThatAnOperatorTellsApart_stayApart(String form, String words) {
    var each = List.of(words.split(";", -1));
    var lines = each.stream().map(word -> line(1, "m1", "ERROR " + form.formatted(word))).toList();

    assertThat(read(lines).groups()).hasSameSizeAs(each);
  }

  @Test
  void groups_tenNames_areOne() {
    var lines =
        Stream.of("alice", "bob", "carol", "dan", "eve", "frank", "grace", "heidi", "ivan", "judy")
            .map(name -> line(1, "m1", "ERROR Could not greet " + name + " today"))
            .toList();

    assertThat(read(lines).groups())
        .singleElement()
        .satisfies(
            group -> assertThat(group.template()).isEqualTo("ERROR Could not greet <*> today"));
  }

  @Test
  void groups_anyInterleavingOfMachines_saysTheSame() {
    var byMachine = new HashMap<String, List<LogLine>>();
    for (var machine : List.of("m1", "m2", "m3")) {
      var lines = new ArrayList<LogLine>();
      for (int i = 0; i < 20; i++) {
        lines.add(line(i, machine, "TypeError: x of " + i));
        lines.add(
            line(i, machine, "    at load (file:///app/build/index-BxA12c9d.js:" + i + ":3)"));
        lines.add(line(i, machine, "{ code: '" + CODES.get(i % CODES.size()) + "' }"));
        lines.add(line(i, machine, "ERROR Could not greet " + (char) ('a' + i % 20) + "x today"));
        lines.add(line(i, machine, "GET /app/orders/" + i + " 504 - - " + i + ".5 ms"));
        lines.add(line(i, machine, "Invalid `prisma.order.findMany()` invocation:"));
        lines.add(line(i, machine, ""));
        lines.add(line(i, machine, "Timed out fetching a new connection from the connection pool"));
        lines.add(line(i, machine, "{\"level\":\"info\",\"message\":\"fine\"}"));
      }
      byMachine.put(machine, lines);
    }
    var expected = LogInvariants.view(read(interleaved(byMachine, new Random(-1))));

    for (int seed = 0; seed < 50; seed++) {
      assertThat(LogInvariants.view(read(interleaved(byMachine, new Random(seed)))))
          .as("seed %s", seed)
          .isEqualTo(expected);
    }
    assertThat(expected)
        .contains("load (index.js)")
        .contains("P2024")
        .contains("{m1=")
        .contains("pool 66");
  }

  private static List<LogLine> interleaved(Map<String, List<LogLine>> byMachine, Random random) {
    var queues = new ArrayList<Queue<LogLine>>();
    byMachine.values().forEach(lines -> queues.add(new ArrayDeque<>(lines)));
    var all = new ArrayList<LogLine>();
    while (!queues.isEmpty()) {
      var queue = queues.get(random.nextInt(queues.size()));
      all.add(Objects.requireNonNull(queue.poll()));
      queues.removeIf(Queue::isEmpty);
    }
    return all;
  }

  @Test
  void groups_moreThanAreShown_keepTheFrequentWhateverTheOrder() {
    var lines = new ArrayList<LogLine>();
    for (int i = 0; i < 600; i++) {
      lines.add(line(i, "m1", "ERROR kind" + word(i) + " is rare"));
    }
    for (int i = 0; i < 30; i++) {
      lines.add(line(i, "m1", "ERROR pool is empty again P2024"));
    }
    var views =
        IntStream.range(0, 10)
            .mapToObj(
                seed -> {
                  Collections.shuffle(lines, new Random(seed));
                  var summary = reader(10).read(lines, LogQuery.all("test"));
                  assertThat(summary.groups()).hasSize(10);
                  assertThat(summary.groups().get(0).code()).isEqualTo("P2024");
                  assertThat(summary.groups().get(0).count()).isEqualTo(30);
                  assertThat(summary.ungrouped()).isEqualTo(591);
                  assertThat(summary.coarse()).isFalse();
                  return LogInvariants.view(summary);
                })
            .distinct();

    assertThat(views).hasSize(1);
  }

  @Test
  void groups_farTooMany_areToldApartByLessAndNothingIsLost() {
    var lines = new ArrayList<LogLine>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(line(i, "m1", "ERROR the noise of" + word(i) + " and" + word(i / 3)));
      if (i % 50 == 0) {
        lines.add(line(i, "m1", "Error: it failed code: '" + CODES.get(i / 50 % 16) + "'"));
      }
    }
    var views =
        IntStream.range(0, 3)
            .mapToObj(
                seed -> {
                  Collections.shuffle(lines, new Random(seed));
                  var summary = reader(100).read(lines, LogQuery.all("test"));
                  assertThat(summary.coarse()).isTrue();
                  assertThat(summary.toString()).contains("told apart by less");
                  assertThat(summary.ungrouped()).isZero();
                  assertThat(summary.groups().stream().map(ErrorGroup::code).toList())
                      .containsAll(CODES);
                  return LogInvariants.view(summary);
                })
            .distinct();

    assertThat(views).hasSize(1);
  }

  private static String word(int number) {
    var word = new StringBuilder(" ");
    for (int rest = number; rest > 0; rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString().strip();
  }

  @ParameterizedTest
  @CsvSource({
    "10,10,STEADY",
    "10,9,STEADY",
    "10,60,RISING",
    "0,3,NEW",
    "2,5,STEADY",
    "1000,2200,RISING"
  })
  void trend_countAgainstTheWindowBefore(int before, int now, Trend expected) {
    var lines = new ArrayList<LogLine>();
    lines.add(line(0, "m1", "starts"));
    for (int i = 0; i < before; i++) {
      lines.add(line(1 + i % 500, "m1", "ERROR it broke"));
    }
    for (int i = 0; i < now; i++) {
      lines.add(line(601 + i % 500, "m1", "ERROR it broke"));
    }
    lines.add(line(1_200, "m1", "ends"));
    var query =
        new LogQuery("test", START.plusSeconds(600), START.plusSeconds(1_200), true, List.of());

    var group = reader(10).read(lines, query).groups().get(0);

    assertThat(group.trend()).isEqualTo(expected);
    assertThat(group.count()).isEqualTo(now);
    assertThat(group.before()).isEqualTo(before);
  }

  @Test
  void groups_onlyBeforeTheWindow_areNotShown() {
    var query = new LogQuery("test", START.plusSeconds(600), null, true, List.of());

    var summary =
        reader(10).read(List.of(line(1, "m1", "ERROR old"), line(700, "m1", "ok")), query);

    assertThat(summary.groups()).isEmpty();
    assertThat(summary.errors()).isZero();
  }

  @Test
  void toString_worstCase_fitsTheScreen() {
    var lines = new ArrayList<LogLine>();
    for (int i = 0; i < 40; i++) {
      lines.add(line(i, "m" + "x".repeat(80), "ERROR kind " + word(i) + " " + "long ".repeat(50)));
    }
    for (int i = 0; i < 16; i++) {
      lines.add(
          line(i, "m1", "[PC0" + i % 8 + "] x ECONNREFUSED a." + "b".repeat(100) + " ETIMEDOUT"));
      lines.add(
          line(i, "m1", "P1001 P1008 P1017 P2024 P2037 THROTTLED unauthorized shopify timeout"));
      lines.add(line(i, "m1", "GET /" + "p".repeat(300) + " 504 - - 1 ms"));
    }

    assertThat(read(lines).toString().lines().toList())
        .hasSizeLessThanOrEqualTo(24)
        .allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(100));
  }
}
