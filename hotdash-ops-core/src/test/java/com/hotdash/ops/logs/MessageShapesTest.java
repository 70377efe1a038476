package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Field by field what each shape of a message says. */
class MessageShapesTest {
  private static final String AT = "2026-11-23T10:00:00.123Z";

  /** What is expected of a message. */
  private record Said(
      Shape shape,
      @Nullable String time,
      Level level,
      String message,
      @Nullable String code,
      @Nullable Integer status,
      @Nullable String type,
      @Nullable String route,
      @Nullable Took took) {
    static Said of(Entry entry) {
      return new Said(
          entry.shape(),
          entry.time() == null ? null : entry.time().toString(),
          entry.level(),
          entry.message(),
          entry.errorCode(),
          entry.status(),
          entry.errorType(),
          entry.route(),
          entry.took());
    }
  }

  private static Took took(long micros, UnitSource source) {
    return new Took(Duration.ofNanos(micros * 1_000), source);
  }

  private static Arguments row(
      String name,
      String text,
      Shape shape,
      @Nullable String time,
      Level level,
      String message,
      @Nullable String code,
      @Nullable Integer status,
      @Nullable String type,
      @Nullable String route,
      @Nullable Took took) {
    return Arguments.of(
        name, text, new Said(shape, time, level, message, code, status, type, route, took));
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        row(
            "HotDash",
            "{\"timestamp\":\""
                + AT
                + "\",\"level\":\"error\",\"message\":\"orders failed\",\"service\":\"hotdash-app\",\"module\":\"shopify\",\"metadata\":{\"durationMs\":3120},\"error\":{\"message\":\"pool is empty\",\"stack\":\"Error: pool is empty\\n    at f (/app/a.js:1:2)\",\"code\":\"P2024\"}}",
            Shape.JSON,
            AT,
            Level.ERROR,
            "orders failed: pool is empty",
            "P2024",
            null,
            null,
            null,
            took(3_120_000, UnitSource.FIELD_NAME)),
        row(
            "pino",
            "{\"level\":50,\"time\":1763892000123,\"pid\":1,\"hostname\":\"h\",\"msg\":\"it broke\",\"err\":{\"type\":\"TypeError\",\"message\":\"x of null\",\"stack\":\"TypeError: x of null\\n    at f (/app/a.js:1:2)\"}}",
            Shape.JSON,
            "2025-11-23T10:00:00.123Z",
            Level.ERROR,
            "it broke: x of null",
            null,
            null,
            "TypeError",
            null,
            null),
        row(
            "pino http",
            "{\"level\":30,\"time\":1763892000123,\"msg\":\"request completed\",\"req\":{\"method\":\"GET\",\"url\":\"/app/orders/42?shop=x\"},\"res\":{\"statusCode\":500},\"responseTime\":123}",
            Shape.JSON,
            "2025-11-23T10:00:00.123Z",
            Level.INFO,
            "request completed",
            null,
            500,
            null,
            "GET /app/orders/<ID>",
            took(123_000, UnitSource.FIELD_NAME)),
        row(
            "pino labels and ISO",
            "{\"level\":\"warn\",\"time\":\"" + AT + "\",\"msg\":\"slow\",\"elapsed\":\"1m2.5s\"}",
            Shape.JSON,
            AT,
            Level.WARN,
            "slow",
            null,
            null,
            null,
            null,
            took(62_500_000, UnitSource.EXPLICIT)),
        row(
            "bunyan",
            "{\"name\":\"app\",\"hostname\":\"h\",\"pid\":1,\"level\":60,\"msg\":\"down\",\"time\":\""
                + AT
                + "\",\"v\":0,\"err\":{\"message\":\"connect ECONNREFUSED 10.0.0.1:5432\",\"name\":\"FetchError\",\"stack\":\"FetchError: connect ECONNREFUSED 10.0.0.1:5432\\n    at f (/app/a.js:1:2)\"}}",
            Shape.JSON,
            AT,
            Level.FATAL,
            "down: connect ECONNREFUSED 10.0.0.1:5432",
            "ECONNREFUSED",
            null,
            "FetchError",
            null,
            null),
        row(
            "winston",
            "{\"level\":\"error\",\"message\":\"it broke\",\"timestamp\":\""
                + AT
                + "\",\"stack\":\"RangeError: it broke\\n    at f (/app/a.js:1:2)\",\"duration\":123}",
            Shape.JSON,
            AT,
            Level.ERROR,
            "it broke",
            null,
            null,
            "RangeError",
            null,
            took(123_000, UnitSource.ASSUMED)),
        row(
            "winston without a time",
            "{\"level\":\"info\",\"message\":\"ok\"}",
            Shape.JSON,
            null,
            Level.INFO,
            "ok",
            null,
            null,
            null,
            null,
            null),
        row(
            "logfmt with escapes",
            "level=error ts="
                + AT
                + " msg=\"a \\\"b\\\" c:\\\\new\" duration=123ms source=rack-timeout bare",
            Shape.LOGFMT,
            AT,
            Level.ERROR,
            "a \"b\" c:\\new",
            null,
            null,
            null,
            null,
            took(123_000, UnitSource.EXPLICIT)),
        row(
            "request line of morgan tiny and Remix",
            "GET /app/orders 500 - - 3120.4 ms",
            Shape.REQUEST,
            null,
            Level.ERROR,
            "GET /app/orders 500 - - 3120.4 ms",
            null,
            500,
            null,
            "GET /app/orders",
            took(3_120_400, UnitSource.EXPLICIT)),
        row(
            "request line with a size",
            "GET /app 200 123 - 4.567 ms",
            Shape.REQUEST,
            null,
            Level.INFO,
            "GET /app 200 123 - 4.567 ms",
            null,
            200,
            null,
            "GET /app",
            took(4_567, UnitSource.EXPLICIT)),
        row(
            "combined",
            "1.2.3.4 - - [23/Nov/2026:10:00:00 +0000] \"GET /app/7 HTTP/1.1\" 500 123 \"-\" \"ua\"",
            Shape.COMBINED,
            "2026-11-23T10:00:00Z",
            Level.ERROR,
            "1.2.3.4 - - [23/Nov/2026:10:00:00 +0000] \"GET /app/7 HTTP/1.1\" 500 123 \"-\" \"ua\"",
            null,
            500,
            null,
            "GET /app/<ID>",
            null),
        row(
            "plain error",
            "Error: connect ECONNREFUSED 10.0.0.1:5432",
            Shape.PLAIN,
            null,
            Level.ERROR,
            "Error: connect ECONNREFUSED 10.0.0.1:5432",
            "ECONNREFUSED",
            null,
            null,
            null,
            null),
        row(
            "plain duration",
            "[Performance] loadTiles: 1234ms",
            Shape.PLAIN,
            null,
            Level.INFO,
            "[Performance] loadTiles: 1234ms",
            null,
            null,
            null,
            null,
            took(1_234_000, UnitSource.EXPLICIT)),
        row(
            "plain with time and level",
            AT + " ERROR SQLSTATE 53300: too many",
            Shape.PLAIN,
            AT,
            Level.ERROR,
            AT + " ERROR SQLSTATE 53300: too many",
            "53300",
            null,
            null,
            null,
            null),
        row(
            "Prisma initialization",
            "PrismaClientInitializationError: Can't reach database server at `db:5432`",
            Shape.PLAIN,
            null,
            Level.ERROR,
            "PrismaClientInitializationError: Can't reach database server at `db:5432`",
            null,
            null,
            "PrismaClientInitializationError",
            null,
            null),
        row(
            "Prisma over several lines",
            "Invalid `prisma.order.findMany()` invocation:\n\nTimed out (P2024)",
            Shape.PLAIN,
            null,
            Level.ERROR,
            "Invalid `prisma.order.findMany()` invocation:\n\nTimed out (P2024)",
            "P2024",
            null,
            null,
            null,
            null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void parse_shape_isReadFieldByField(String name, String text, Object expected) {
    assertThat(Said.of(MessageParser.parse(LogLine.of(text)))).isEqualTo(expected);
  }

  static Stream<Arguments> traces() {
    return Stream.of(
        Arguments.of(
            "Java",
            """
            java.lang.IllegalStateException: x
            \tat a.B.c(B.java:12)
            \t... 12 more
            \tSuppressed: java.io.IOException: s
            \t\tat a.S.s(S.java:1)
            \tCaused by: java.io.IOException: of the suppressed
            \t\tat a.T.t(T.java:1)
            Caused by: java.sql.SQLException: deepest
            \tat a.D.e(D.java:3)
            \tat java.base/java.lang.Thread.run(Thread.java:1)
            \tat jdk.x.Y.z(Y.java:1)
            \tat org.springframework.web.W.w(W.java:1)""",
            "java.sql.SQLException",
            List.of("a.D.e (D.java)")),
        Arguments.of(
            "Java, cause without own frames",
            "a.MyException: x\n\tat a.B.c(B.java:12)\nCaused by: java.io.IOException: y\n\tat java.io.X.y(X.java:3)",
            "a.MyException",
            List.of("a.B.c (B.java)")),
        Arguments.of(
            "Node",
            """
            TypeError: x
                at fn (file:///app/build/server/index.js:12:3)
                at async Object.run [as go] (/app/build/b-BxAbCdEf.js?v=12:1:2)
                at new Shop (/app/node_modules/shop/index.js:1:1)
                at Array.map (<anonymous>)
                at Object.<anonymous> (/app/server.js:3:1)
                at node:internal/main:1:1
                at file:///app/top.js:9:9
            { code: 'P1001' }""",
            "TypeError",
            List.of(
                "fn (index.js)", "Object.run (b.js)", "Object.<anonymous> (server.js)", "top.js")),
        Arguments.of(
            "Node with a cause",
            "Error: outer\n    at a (/app/a.js:1:1) {\n  [cause]: RangeError: inner\n      at b (/app/b.js:1:1)\n}",
            "RangeError",
            List.of("b (b.js)")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  void of_trace_hasTheDeepestOwnCauseAndItsOwnFrames(
      String name, String text, String type, List<String> frames) {
    var entry = MessageParser.parse(LogLine.of(text));
    var trace = Objects.requireNonNull(StackTrace.of(entry.stack()));

    assertThat(entry.level()).isEqualTo(Level.ERROR);
    assertThat(trace.type()).isEqualTo(type);
    assertThat(trace.frames()).isEqualTo(frames);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":{\"provider\":\"app\"},\"fly\":{\"app\":{\"instance\":\"148e21\",\"name\":\"hotdash-production\"},\"region\":\"ord\"},\"host\":\"h\",\"log\":{\"level\":\"info\"},\"message\":\"{\\\"level\\\":\\\"error\\\",\\\"message\\\":\\\"it broke\\\"}\",\"timestamp\":\"2026-11-23T10:00:00Z\"}",
        "2026-11-23T10:00:00Z app[148e21] ord [info]{\"level\":\"error\",\"message\":\"it broke\"}",
        "2026-11-23T10:00:00Z app[148e21] ord [info] {\"level\":\"error\",\"message\":\"it broke\"}",
        "\u001b[2m2026-11-23T10:00:00Z\u001b[0m app[\u001b[32m148e21\u001b[0m] ord [\u001b[34minfo\u001b[0m]{\"level\":\"error\",\"message\":\"it broke\"}",
      })
  void parse_platformPrefix_isTakenOffAndItsLevelKeptBeside(String text) {
    var entry = MessageParser.parse(LogLine.of(text));

    assertThat(entry.message()).isEqualTo("it broke");
    assertThat(entry.level()).isEqualTo(Level.ERROR);
    assertThat(entry.time()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    assertThat(entry.line().instance()).isEqualTo("148e21");
    assertThat(entry.line().region()).isEqualTo("ord");
    assertThat(entry.line().provider()).isEqualTo("app");
    assertThat(entry.line().level()).isEqualTo("info");
  }

  @ParameterizedTest
  @CsvSource({"10,TRACE", "20,DEBUG", "30,INFO", "40,WARN", "50,ERROR", "60,FATAL"})
  void parse_numberedLevel_isAWord(int number, Level level) {
    assertThat(MessageParser.parse(LogLine.of("{\"level\":" + number + ",\"msg\":\"x\"}")).level())
        .isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "1763892000,2025-11-23T10:00:00Z",
    "1763892000.25,2025-11-23T10:00:00.250Z",
    "1763892000123,2025-11-23T10:00:00.123Z",
    "1763892000123456,2025-11-23T10:00:00.123456Z",
    "1763892000123456789,2025-11-23T10:00:00.123456789Z",
    "2026-11-23T12:00:00+02:00,2026-11-23T10:00:00Z",
  })
  void of_timeInAnyUnit_isRead(String text, Instant expected) {
    assertThat(LineTime.of(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12", "2026-13-99T10:00:00Z", "9999999999999999999999", "yesterday at ten"})
  void of_noTime_isNone(String text) {
    assertThat(LineTime.of(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "duration,123ms,123000000,EXPLICIT",
        "duration,1.2s,1200000000,EXPLICIT",
        "elapsed,1m2.5s,62500000000,EXPLICIT",
        "elapsed,2h,7200000000000,EXPLICIT",
        "latency,7ns,7,EXPLICIT",
        "latency,45us,45000,EXPLICIT",
        "latency,45\u00b5s,45000,EXPLICIT",
        "latency,45\u03bcs,45000,EXPLICIT",
        "duration,'1,234 ms',1234000000,EXPLICIT",
        "metadata.durationMs,123,123000000,FIELD_NAME",
        "duration_ms,1.5,1500000,FIELD_NAME",
        "responseTime,123,123000000,FIELD_NAME",
        "request_seconds,2,2000000000,FIELD_NAME",
        "tookNs,8,8,FIELD_NAME",
        "tookUs,8,8000,FIELD_NAME",
        "duration,123,123000000,ASSUMED",
        "timeoutMs,30000,-,-",
        "retry_after_seconds,5,-,-",
        "uptime_s,99,-,-",
        "window,24h,-,-",
        "duration,soon,-,-",
        "duration,-5,-,-",
        "items,5,-,-",
      })
  void field_duration_hasItsUnitAndHowThatIsKnown(
      String name, String value, @Nullable Long nanos, @Nullable UnitSource source) {
    assertThat(Durations.field(name, value))
        .isEqualTo(
            nanos == null || source == null ? null : new Took(Duration.ofNanos(nanos), source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<!DOCTYPE html><html><body>502</body></html>",
        "\u0000\u0001\ufffd\u0002",
        "{\"level\":\"error\",\"level\":\"info\",\"message\":\"x\"}",
        "{\"level\":\"error\",\"message\":\"x",
        "{\"level\":\"error\",\"value\":NaN,\"message\":\"x\"}",
        "{}",
        "{\"a\":[",
        "level=\"",
        "a=\"\\",
        "=",
      })
  void parse_broken_isReadAsFarAsItGoes(String text) {
    var entry = MessageParser.parse(LogLine.of(text));

    assertThat(entry.level()).isEqualTo(text.contains("\"error\"") ? Level.ERROR : Level.INFO);
  }

  @Test
  void parse_deepJson_keepsWhatStandsBefore() {
    var entry =
        MessageParser.parse(
            LogLine.of("{\"level\":\"error\",\"message\":\"x\",\"a\":" + "{\"a\":".repeat(5_000)));

    assertThat(entry.level()).isEqualTo(Level.ERROR);
    assertThat(entry.message()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=\"\\\"",
        "\\\"",
        "a=1 ",
        "://a:",
        "'",
        "/a",
        "at a (",
        "1.",
        "x@",
        "[cause]: ",
        "-eyJabc",
        " ",
        "Caused by: ",
        "ECONNREFUSED ",
        "took 1ms",
        "{\"a\":",
        "1:",
        "P2024 ",
        "timeout shopify"
      })
  void read_longLineOfOneKind_endsSoon(String part) {
    var line = "level=error msg=" + part.repeat(64 * 1024 / part.length());

    var summary =
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> LogInvariants.read(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), true));

    assertThat(summary.errors()).isEqualTo(1);
    assertThat(summary.toString().lines().mapToInt(String::length).max().orElseThrow())
        .isLessThanOrEqualTo(100);
  }
}
