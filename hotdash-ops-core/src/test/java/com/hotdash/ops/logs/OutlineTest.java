package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that is like one read before must do what it would do if it were read. */
class OutlineTest {
  private static final List<String> NAMES =
      List.of(
          "items",
          "requestId",
          "shop",
          "durationMs",
          "waitMs",
          "status",
          "code",
          "module",
          "path",
          "operation",
          "runtime",
          "took",
          "totalTime",
          "level",
          "note",
          "error",
          "name",
          "url",
          "timeoutMs",
          "instance",
          "fingerprint",
          "message",
          "stack",
          "elapsed");

  private static final List<String> LEVELS = List.of("info", "info", "warn", "debug", "error");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String value(Random random) {
    int number = random.nextInt(random.nextBoolean() ? 12 : 3_000);
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> String.valueOf(number);
      case 5 -> "0" + number;
      case 6 -> "\"req_" + Integer.toHexString(random.nextInt()) + "\"";
      case 7 -> "\"" + number + "ms\"";
      case 8 -> "\"P20" + random.nextInt(40) + "\"";
      case 9 -> "\"shop-" + number + ".example.com\"";
      case 10 -> number + ".5";
      case 11 -> "null";
      case 12 -> "\"Order " + (1_000_000 + number) + " took " + number + "ms\"";
      case 13 -> "\"econnrefused 10.0.0." + random.nextInt(200) + ":5432\"";
      case 14 -> "\"say \\\"" + number + "\\\" \u00e9\"";
      default -> "{\"id\":" + number + ",\"wait\":\"" + random.nextInt(9) + "s\"}";
    };
  }

  /** A form of line: what stays, with a place for each value. */
  private static List<String> form(Random random) {
    var names = new ArrayList<String>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      names.add(NAMES.get(random.nextInt(NAMES.size())));
    }
    return names;
  }

  private static String line(Random random, List<String> names, String level, String message) {
    var text =
        new StringBuilder("{\"timestamp\":\"2026-11-23T10:00:0")
            .append(random.nextInt(10))
            .append(".000Z\",\"level\":\"")
            .append(level)
            .append("\",\"message\":\"")
            .append(message.replace("#", String.valueOf(random.nextInt(2_000_000))))
            .append("\",\"metadata\":{");
    for (var name : names) {
      text.append('"').append(name).append("\":").append(value(random)).append(',');
    }
    return text.append("\"x\":").append(random.nextInt(30)).append("}}").toString();
  }

  @Test
  void read_linesOfFewFormsAndAnyValues_saysTheSameAsAFullReading() {
    var messages =
        List.of(
            "Order # saved",
            "ok",
            "#",
            "page #, shop_# (#)",
            "code # of 28p01",
            "#p01 and p# and [pr#]",
            "sync of # took # s",
            "at https://shop-#.example.com/# done",
            "status # after #.# tries");
    for (int seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var forms = List.of(form(random), form(random), form(random));
      var lines = new ArrayList<String>();
      for (int i = 0; i < 120; i++) {
        int pick = random.nextInt(3);
        lines.add(
            line(
                random,
                forms.get(pick),
                LEVELS.get((seed + pick) % LEVELS.size()),
                messages.get((seed + 2 * pick) % messages.size())));
      }

      LogInvariants.check(bytes(String.join(seed % 7 == 0 ? "\r\n" : "\n", lines)));
    }
  }

  private static long match(String read, boolean quiet, String other) {
    var line = bytes(read + "\n");
    var padded = Arrays.copyOf(line, line.length + Triggers.MARGIN);
    var outline =
        Objects.requireNonNull(OutlineBuilder.of(padded, 0, line.length - 1, quiet)).build(null);
    var wanted = bytes(other + "\n");
    return outline.match(Arrays.copyOf(wanted, wanted.length + Triggers.MARGIN), 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"items\":5} | \"items\":123456789} | true",
        "\"items\":5} | \"items\":1234567890} | false",
        "\"items\":5} | \"items\":05} | false",
        "\"items\":5} | \"items\":0} | true",
        "\"items\":5} | \"items\":-5} | false",
        "\"items\":5} | \"items\":5.1} | false",
        "\"items\":5} | \"items\":} | false",
        "\"items\":5} | \"itemz\":5} | false",
        "\"shop\":\"a\"} | \"shop\":\"a rather long name of a shop\"} | true",
        "\"shop\":\"a\"} | \"shop\":\"\"} | false",
        "\"shop\":\"a\"} | \"shop\":\"a\\n\"} | false",
        "\"shop\":\"a\"} | \"shop\":\"\u00e9\"} | false",
        "\"shop\":\"a\"} | \"shop\":\"a\"]} | false",
        "\"status\":200} | \"status\":201} | false",
        "\"code\":\"A1\"} | \"code\":\"A2\"} | false",
        "\"module\":\"shopify\"} | \"module\":\"shopifx\"} | false",
        "\"totalTime\":\"a\"} | \"totalTime\":\"5ms\"} | false",
        "\"waitMs\":5} | \"waitMs\":6} | false",
        "\"message\":\"Order 1234567 of 12\"} | \"message\":\"Order 7654321 of 12\"} | true",
        "\"message\":\"Order 1234567 of 12\"} | \"message\":\"Order 7654321 of 13\"} | false",
        "\"message\":\"Order 1234567 of 12\"} | \"message\":\"Order 76543210 of 12\"} | false",
      })
  void match_lineThatDoesSomething_mayDifferWhereNothingIsDecided(
      String read, String other, boolean like) {
    assertThat(match(read, false, other) != Outline.OTHER).isEqualTo(like);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"message\":\"Order 1234567 of 12\"} | \"message\":\"Order 1 of 1313\"} | true",
        "\"message\":\"Order 12\"} | \"message\":\"Order 12x\"} | false",
        "\"message\":\"p 12\"} | \"message\":\"p12\"} | false",
        "\"message\":\"v12\"} | \"message\":\"v13\"} | false",
        "\"message\":\"12 p\"} | \"message\":\"12p\"} | false",
      })
  void match_quietLine_mayDifferInNumbersThatStandAlone(String read, String other, boolean like) {
    assertThat(match(read, true, other) != Outline.OTHER).isEqualTo(like);
  }

  @Test
  void match_lineWithADuration_tellsItAndItsEnd() {
    long match = match("\"durationMs\":12,\"items\":3}", true, "\"durationMs\":4567,\"items\":31}");

    assertThat(Outline.micros(match)).isEqualTo(4_567_000);
    assertThat(Outline.newline(match)).isEqualTo("\"durationMs\":4567,\"items\":31}".length());
    assertThat(Outline.micros(match("\"items\":3}", true, "\"items\":4}"))).isEqualTo(Outline.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"durationMs\":1.5}",
        "\"durationMs\":1,\"durationMs\":2}",
        "\"a\":\"unfinished}",
        "\"runtime\":{\"wait\":\"5\"}}",
        "no end"
      })
  void of_lineThatCannotBeOutlined_isNone(String line) {
    var bytes = Arrays.copyOf(bytes(line), line.length() + Triggers.MARGIN);

    assertThat(OutlineBuilder.of(bytes, 0, line.length(), true)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /a 200 - - 12 ms,12000",
    "GET /a 200 - - 12.3 ms,12300",
    "POST /a 500 12 - 4.567 ms,4567",
    "GET /a 200 - - 4.567891 ms,4567",
    "GET /a 200 - - 4.5678912 ms,-1",
    "GET /a 200 - - 999999999.5 ms,999999999500",
    "GET /a 200 - - 1234567890 ms,-1",
    "GET /a 200 - - . ms,-1",
    "GET /a 200 - - 4. ms,-1",
    "GET /a 200 - - 4 ms x,-1",
    "GET /a 200 - - 4 s,-1",
    "GET /a 999 - - 4 ms,-1",
    "GET a 200 - - 4 ms,-1",
    "FETCH /a 200 - - 4 ms,-1",
  })
  void micros_ofARequestLine_areWhatReadingItGives(String line, long expected) {
    var bytes = Arrays.copyOf(bytes(line), line.length() + Triggers.MARGIN);
    int end = line.length();
    int status = RequestLine.status(bytes, 0, end);
    int duration = status < 0 ? -1 : RequestLine.duration(bytes, status, end);

    assertThat(duration < 0 ? -1 : RequestLine.micros(bytes, duration, end)).isEqualTo(expected);
    var took = MessageParser.parse(LogLine.of(line)).took();
    assertThat(expected < 0 || (took != null && took.time().toNanos() / 1_000 == expected))
        .isTrue();
  }
}
