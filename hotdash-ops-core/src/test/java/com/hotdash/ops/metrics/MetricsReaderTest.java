package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsReaderTest {
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  static Reading<Exposition> reading(String body, @Nullable String type) {
    return MetricsReader.standard()
        .read(
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
            type,
            "test",
            Instant.EPOCH);
  }

  static Exposition text(String body) {
    return reading(body, TEXT).toOptional().orElseThrow();
  }

  static Exposition open(String body) {
    return reading(body, OPEN).toOptional().orElseThrow();
  }

  static Arguments rule(String rule, String line, String series) {
    return Arguments.of(rule, line, series);
  }

  static List<Arguments> goodLines() {
    return List.of(
        rule("plain", "a 1", "a 1"),
        rule("blanks and tabs between tokens, any number", "a \t  1", "a 1"),
        rule("leading and trailing blanks", " \ta 1 \t", "a 1"),
        rule("name with colon and digits", "a:b_9 1", "a:b_9 1"),
        rule("name begins with a colon", ":a 1", ":a 1"),
        rule("spaces inside the braces", "a { b = \"1\" , c = \"2\" } 1", "a{b=\"1\",c=\"2\"} 1"),
        rule("trailing comma", "a{b=\"1\",} 2", "a{b=\"1\"} 2"),
        rule("no labels in braces", "a{} 2", "a 2"),
        rule("no space after the braces", "a{b=\"1\"}2", "a{b=\"1\"} 2"),
        rule("empty label is no label", "a{b=\"\"} 2", "a 2"),
        rule("known escapes", "a{b=\"x\\\\y\\\"z\\nw\"} 1", "a{b=\"x\\\\y\\\"z\\nw\"} 1"),
        rule("other escape keeps both", "a{b=\"x\\ty\"} 1", "a{b=\"x\\\\ty\"} 1"),
        rule("special characters", "a{b=\"/o/{id},=# x\"} 1", "a{b=\"/o/{id},=# x\"} 1"),
        rule("UTF-8 value", "a{b=\"žena 😀\"} 1", "a{b=\"žena 😀\"} 1"),
        rule("prom-client's NaN", "a Nan", "a NaN"),
        rule("NaN", "a NaN", "a NaN"),
        rule("infinity", "a +Inf", "a +Inf"),
        rule("negative infinity", "a -inf", "a -Inf"),
        rule("infinity in full", "a Infinity", "a +Inf"),
        rule("exponent", "a 1e3", "a 1000"),
        rule("upper case exponent", "a 5E-05", "a 5.0E-5"),
        rule("no digit before the point", "a .5", "a 0.5"),
        rule("no digit after the point", "a 5.", "a 5"),
        rule("plus sign", "a +5", "a 5"),
        rule("many digits", "a 0.1000000000000000055511151231257827", "a 0.1"),
        rule("timestamp in milliseconds", "a 1 1700000000123", "a 1 2023-11-14T22:13:20.123Z"),
        rule("negative timestamp", "a 1 -1000", "a 1 1969-12-31T23:59:59Z"),
        rule("quoted name", "{\"http.x\",\"a.b\"=\"2\"} 5", "http.x{a.b=\"2\"} 5"),
        rule("quoted name alone", "{\"http.x\"} 5", "http.x 5"),
        rule("quoted label only", "a{\"a.b\"=\"2\"} 5", "a{a.b=\"2\"} 5"),
        rule("escape in a quoted name", "{\"a\\\"b\"} 5", "a\"b 5"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goodLines")
  void read_goodLine_isKept(String rule, String line, String expected) {
    var exposition = text(line + "\n");

    assertThat(exposition.families().get(0).samples()).hasToString("[" + expected + "]");
    assertThat(exposition.warnings()).as(rule).isEmpty();
    assertThat(exposition.partial()).isFalse();
  }

  private static Arguments bad(String rule, String line, String warning, String good) {
    return Arguments.of(rule, line, warning, good);
  }

  static List<Arguments> badLines() {
    return List.of(
        bad("name begins with a digit", "9a 1", "does not begin with the name", "a9 1"),
        bad("name with a dash", "a-b 1", "not a character of a name", "a_b 1"),
        bad(
            "label begins with a digit",
            "a{9=\"1\"} 1",
            "not the name of a label",
            "a{_9=\"1\"} 1"),
        bad("label with a colon", "a{b:c=\"1\"} 1", "a label has no value", "a:c{b=\"1\"} 1"),
        bad(
            "label without quotes",
            "a{b=1} 1",
            "the value of a label is not quoted",
            "a{b=\"1\"} 1"),
        bad("label without value", "a{b} 1", "a label has no value", "a{b=\"\"} 1"),
        bad("labels not closed", "a{b=\"1\" 1", "its labels are not closed", "a{b=\"1\" }1"),
        bad("quote not closed", "a{b=\"1} 1", "a quote is not closed", "a{b=\"1}\"} 1"),
        bad("closing quote escaped", "a{b=\"1\\\"} 1", "a quote is not closed", "a{b=\"1\\\\\"} 1"),
        bad(
            "labels without comma",
            "a{b=\"1\" c=\"2\"} 1",
            "its labels are not closed",
            "a{b=\"1\" ,c=\"2\"} 1"),
        bad("only a comma", "a{,} 1", "not the name of a label", "a{} 1"),
        bad("two trailing commas", "a{b=\"1\",,} 1", "not the name of a label", "a{b=\"1\",} 1"),
        bad("label twice", "a{b=\"1\",b=\"2\"} 1", "a label stands twice", "a{b=\"1\",c=\"2\"} 1"),
        bad(
            "label twice, once empty",
            "a{b=\"1\",b=\"\"} 1",
            "a label stands twice",
            "a{b=\"1\",c=\"\"} 1"),
        bad("no value", "a", "has no value", "a 0"),
        bad("no value after labels", "a{b=\"1\"}", "has no value", "a{b=\"1\"}0"),
        bad("underscores", "a 1_000", "its value is not a number", "a 1000"),
        bad("hex", "a 0x10", "its value is not a number", "a 010"),
        bad("hex exponent", "a 0x1p-3", "its value is not a number", "a 1e-3"),
        bad("Java float", "a 1f", "its value is not a number", "a 1."),
        bad("Java double", "a 1d", "its value is not a number", "a 1"),
        bad("Java exponent and float", "a 1e3f", "its value is not a number", "a 1e3"),
        bad("word", "a one", "its value is not a number", "a inf"),
        bad("signed NaN", "a -NaN", "its value is not a number", "a nan"),
        bad("sign alone", "a -", "its value is not a number", "a -0"),
        bad("point alone", "a .", "its value is not a number", "a .0"),
        bad("exponent without digits", "a 1e", "its value is not a number", "a 1e0"),
        bad("out of range", "a 1e400", "its value is out of range", "a 1e300"),
        bad("fraction in the timestamp", "a 1 1.5", "not a number of milliseconds", "a 1 15"),
        bad("exponent in the timestamp", "a 1 1e3", "not a number of milliseconds", "a 1 1000"),
        bad(
            "endless timestamp",
            "a 1 11111111111111111111",
            "not a number of milliseconds",
            "a 1 1111111111111"),
        bad("more after the timestamp", "a 1 1 1", "something follows", "a 1 1"),
        bad("exemplar", "a 1 # {b=\"1\"} 1", "something follows", "a{b=\" # {\"} 1"),
        bad("two quoted names", "{\"a\",\"b\"} 1", "a label has no value", "{\"a\",\"b\"=\"c\"} 1"),
        bad(
            "quoted name after a plain one",
            "a{\"b\"} 1",
            "a label has no value",
            "a{\"b\"=\"c\"} 1"),
        bad(
            "quoted name with =",
            "{\"a\"=\"b\"} 1",
            "does not begin with the name",
            "{\"a\",\"a\"=\"b\"} 1"),
        bad("empty quoted name", "{\"\"} 1", "the name of the metric is empty", "{\" \"} 1"),
        bad(
            "empty quoted label",
            "{\"a\",\"\"=\"b\"} 1",
            "the name of a label is empty",
            "{\"a\",b=\"\"} 1"),
        bad("no name", "{b=\"1\"} 1", "does not begin with the name", "{\"b\"} 1"),
        bad("composite value", "a {count:1,sum:2} 1", "label has no value", "a 1"),
        bad("start time", "a 1 1 st@123", "a start time (st@)", "a 1 1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badLines")
  void read_badLine_isOneWarningWithItsNumberAndItsRule(
      String rule, String line, String warning, String good) {
    var exposition = text("good 1\n" + line + "\nafter 2\n");

    assertThat(exposition.warnings()).as(rule).hasSize(1);
    assertThat(exposition.warnings().get(0).line()).isEqualTo(2);
    assertThat(exposition.warnings().get(0).text()).contains(warning);
    assertThat(exposition.partial()).isTrue();
    assertThat(exposition.samples("good")).hasSize(1);
    assertThat(exposition.samples("after")).hasSize(1);
    assertThat(exposition.seriesCount()).isEqualTo(2);

    var kept = text("good 1\n" + good + "\nafter 2\n");
    assertThat(kept.warnings()).as(good).isEmpty();
    assertThat(kept.seriesCount()).isEqualTo(3);
  }

  @Test
  void read_metadata_typesFamilies() {
    var exposition =
        text(
            """
            # HELP x a \\\\ b \\n c \\" "d"
            # TYPE x histogram

            x_bucket{le="+Inf"} 1
            x_sum 2
            x_count 1
            #a comment
            # EOF
            # UNIT x seconds
            # TYPE y_total COUNTER
            y_total 3
            z 4
            # TYPE g gaugehistogram
            # TYPE u untyped
            u 1
            """);

    var x = exposition.family("x").orElseThrow();
    assertThat(x.type()).isEqualTo(MetricType.HISTOGRAM);
    assertThat(x.help()).isEqualTo("a \\ b \n c \\\" \"d\"");
    assertThat(x.unit()).isNull();
    assertThat(x.samples()).hasSize(3);
    assertThat(exposition.family("y_total").orElseThrow().type()).isEqualTo(MetricType.COUNTER);
    assertThat(exposition.family("z").orElseThrow().type()).isEqualTo(MetricType.UNKNOWN);
    assertThat(exposition.family("g").orElseThrow().type()).isEqualTo(MetricType.GAUGEHISTOGRAM);
    assertThat(exposition.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# TYPE x counter\n# TYPE x gauge\nx 1\n",
        "x 1\n# TYPE x gauge\n",
        "# HELP x a\n# HELP x b\nx 1\n",
        "# TYPE x stuff\nx 1\n",
        "# TYPE 9 gauge\nx 1\n",
        "x 2\nx 1\n"
      })
  void read_oddMetadataOrDuplicate_warnsAndKeepsTheSample(String body) {
    var exposition = text(body);

    assertThat(exposition.warningCount()).isEqualTo(1);
    assertThat(exposition.partial()).isFalse();
    assertThat(exposition.samples("x")).singleElement().returns(1.0, Sample::value);
  }

  @Test
  void read_openMetrics_familyTimestampExemplarAndEnd() {
    var exposition =
        open(
            """
            # TYPE x counter
            # UNIT x seconds
            x_total{a="#"} 1 1700000000.5 # {trace_id="abc"} 0.43 1700000000.123
            x_created{a="#"} 1.7e9
            # EOF
            """);

    var x = exposition.family("x").orElseThrow();
    assertThat(x.unit()).isEqualTo("seconds");
    assertThat(x.samples()).hasSize(2);
    assertThat(x.samples().get(0).timestamp()).isEqualTo("2023-11-14T22:13:20.500Z");
    assertThat(exposition.warnings()).isEmpty();
    assertThat(exposition.truncated()).isFalse();
  }

  static List<Arguments> badOpenMetricsLines() {
    return List.of(
        Arguments.of("a 1 NaN", "not a number of seconds", "a NaN 1"),
        Arguments.of("a 1 Inf", "not a number of seconds", "a Inf 1"),
        Arguments.of("a 1 x", "not a number of seconds", "a 1 1e3"),
        Arguments.of("a 1 # {", "exemplar", "a 1 # {} 1"),
        Arguments.of("a 1 # {} x", "exemplar", "a 1 # {} .5"),
        Arguments.of("a 1 # {} 1 Inf", "exemplar", "a 1 # {} Inf 1"),
        Arguments.of("a 1 # {} 1 1 1", "exemplar", "a 1 # {} 1 1"),
        Arguments.of("a 1 # 1", "exemplar", "a 1 1 # {b=\"}#\"} 1"),
        Arguments.of("a {count:1}", "label has no value", "a 1"),
        Arguments.of("a 1 st@1", "a start time (st@)", "a 1 1"),
        Arguments.of("a 1 1 st@1", "a start time (st@)", "a 1 1 # {} 1"),
        Arguments.of("a 1 1 1", "something follows", "a 1 1"));
  }

  @ParameterizedTest
  @MethodSource("badOpenMetricsLines")
  void read_badOpenMetricsLine_isOneWarning(String line, String warning, String good) {
    var exposition = open("good 1\n" + line + "\n# EOF\n");

    assertThat(exposition.warnings()).singleElement().asString().contains("line 2: ", warning);
    assertThat(exposition.seriesCount()).isEqualTo(1);
    assertThat(exposition.partial()).isTrue();
    assertThat(open("good 1\n" + good + "\n# EOF\n").warnings()).as(good).isEmpty();
  }

  @Test
  void read_openMetricsWithoutEof_isTruncated() {
    assertThat(open("a 1\n").truncated()).isTrue();
    assertThat(open("a 1\n# EOF").truncated()).isFalse();
    assertThat(open("a 1\n# EOF\nb 1\n").warnings().toString()).contains("follows # EOF");
  }

  @Test
  void read_lastLineWithoutEnd_isNotTakenForAWholeNumber() {
    var exposition = text("a 1\nb 12");

    assertThat(exposition.samples("b")).isEmpty();
    assertThat(exposition.truncated()).isTrue();
  }

  static List<Arguments> noMetrics() {
    return List.of(
        Arguments.of("", TEXT),
        Arguments.of("<!DOCTYPE html><html>login</html>", TEXT),
        Arguments.of("a 1\n", "text/html; charset=utf-8"),
        Arguments.of("  \n<html>", null),
        Arguments.of("{\"status\":\"ok\"}", "application/json"),
        Arguments.of("{\"status\":\"ok\"}\n", null),
        Arguments.of("a\0b\n", TEXT),
        Arguments.of("\u001f\u008b\b", null),
        Arguments.of("a 1\n", "application/vnd.google.protobuf"),
        Arguments.of("Not found\nreally\n", TEXT),
        Arguments.of("Service Unavailable", "text/plain"));
  }

  @ParameterizedTest
  @MethodSource("noMetrics")
  void read_noMetrics_isUnread(String body, @Nullable String type) {
    var reading = reading(body, type);

    assertThat(reading.obstacle())
        .hasValueSatisfying(n -> assertThat(n.why()).isEqualTo(NotChecked.Why.NOT_UNDERSTOOD));
  }

  @Test
  void read_unknownContentType_decidesAndSaysSo() {
    var plain = reading("a 1 1000\n", null).toOptional().orElseThrow();
    var open = reading("a 1 1000\n# EOF\n", "application/octet-stream").toOptional().orElseThrow();

    assertThat(plain.format()).isEqualTo(MetricsFormat.PROMETHEUS_TEXT);
    assertThat(plain.warnings().toString()).contains("no content type");
    assertThat(open.format()).isEqualTo(MetricsFormat.OPEN_METRICS);
    assertThat(open.warnings().toString()).contains("unknown content type");
    assertThat(reading("a 1\n", "text/plain").toOptional().orElseThrow().warnings()).isEmpty();
  }

  @Test
  void read_endlessStream_endsAtItsBound() {
    var endless =
        new InputStream() {
          private long n;

          @Override
          public int read() {
            return "abc 1\n".charAt((int) (n++ % 6));
          }

          @Override
          public int read(byte[] b, int off, int len) {
            for (int i = 0; i < len; i++) {
              b[off + i] = (byte) read();
            }
            return len;
          }
        };
    var reader = MetricsReader.standard().limits(MetricsLimits.DEFAULT.withBytes(100_000));

    var exposition = reader.read(endless, TEXT, "t", Instant.EPOCH).toOptional().orElseThrow();

    assertThat(exposition.truncated()).isTrue();
    assertThat(exposition.seriesCount()).isEqualTo(1);
    assertThat(exposition.warnings()).hasSizeLessThanOrEqualTo(20);
  }

  /** A gigabyte that exists only while it is read, one line after another, each another series. */
  private static final class Gigabyte extends InputStream {
    private static final long SIZE = 1L << 30;
    private final IntFunction<String> lines;
    private byte[] line = new byte[0];
    private int at;
    private int number;
    private long given;

    Gigabyte(IntFunction<String> lines) {
      this.lines = lines;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("nobody reads a gigabyte byte by byte");
    }

    @Override
    public int read(byte[] b, int off, int len) {
      if (given >= SIZE) {
        return -1;
      }
      if (at == line.length) {
        line = lines.apply(number++).getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      int n = Math.min(len, line.length - at);
      System.arraycopy(line, at, b, off, n);
      at += n;
      given += n;
      return n;
    }
  }

  static List<Arguments> gigabytes() {
    IntFunction<String> series = n -> "abc{route=\"/orders/%d\"} %d\n".formatted(n, n);
    IntFunction<String> one = n -> "abc{route=\"/orders\"} 1\n".repeat(1000);
    IntFunction<String> bad = n -> "abc{route=\"/orders} 1\n".repeat(1000);
    IntFunction<String> line = n -> "a".repeat(1 << 16);
    return List.of(
        Arguments.of("series without end", series, MetricsLimits.DEFAULT.series()),
        Arguments.of("one series again and again", one, 1),
        Arguments.of("bad lines", bad, 0),
        Arguments.of("one line", line, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gigabytes")
  void read_gigabyte_endsAtTheByteBoundAndKeepsNoMoreThanItsBounds(
      String what, IntFunction<String> lines, int series) {
    var gigabyte = new Gigabyte(lines);

    var reading = MetricsReader.standard().read(gigabyte, TEXT, "t", Instant.EPOCH);

    assertThat(gigabyte.given).as(what).isLessThanOrEqualTo(MetricsLimits.DEFAULT.bytes() + 1);
    assertThat(reading.toOptional().map(Exposition::seriesCount).orElse(0)).isEqualTo(series);
    assertThat(reading.toOptional().map(Exposition::truncated).orElse(true)).isTrue();
    assertThat(reading.toOptional().map(r -> r.warnings().size()).orElse(0))
        .isLessThanOrEqualTo(MetricsLimits.DEFAULT.warnings());
  }

  @Test
  void read_endlessLine_endsAtItsBound() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }
        };
    var reader = MetricsReader.standard().limits(MetricsLimits.DEFAULT.withBytes(1_000_000));

    assertThat(reader.read(endless, TEXT, "t", Instant.EPOCH).obstacle()).isPresent();
  }

  @Test
  void read_streamThatGivesNothing_ends() {
    var silent =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public int read(byte[] b, int off, int len) {
            return 0;
          }
        };

    assertThat(MetricsReader.standard().read(silent, TEXT, "t", Instant.EPOCH).obstacle())
        .isPresent();
  }

  @Test
  void read_brokenConnection_keepsWhatWasRead() {
    var good = new ByteArrayInputStream("a 1\nb 12".getBytes(StandardCharsets.UTF_8));
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            int next = good.read();
            if (next < 0) {
              throw new IOException("reset");
            }
            return next;
          }

          @Override
          public int read(byte[] b, int off, int len) throws IOException {
            b[off] = (byte) read();
            return 1;
          }
        };

    var exposition =
        MetricsReader.standard().read(broken, TEXT, "t", Instant.EPOCH).toOptional().orElseThrow();

    assertThat(exposition.truncated()).isTrue();
    assertThat(exposition.samples("a")).hasSize(1);
    assertThat(exposition.samples("b")).isEmpty();
  }

  @Test
  void read_longLine_isOneWarningAndTheNextLineCounts() {
    var exposition = text("a{b=\"" + "x".repeat(200_000) + "\"} 1\nc 1\n");

    assertThat(exposition.warnings()).hasSize(1);
    assertThat(exposition.samples("c")).hasSize(1);
  }

  @Test
  void read_moreSeriesThanTheBound_isTruncated() {
    var body = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      body.append("a{i=\"").append(i).append("\"} 1\n");
    }
    var reader = MetricsReader.standard().limits(MetricsLimits.DEFAULT.withSeries(10));

    var exposition =
        reader
            .read(
                new ByteArrayInputStream(body.toString().getBytes(StandardCharsets.UTF_8)),
                TEXT,
                "t",
                Instant.EPOCH)
            .toOptional()
            .orElseThrow();

    assertThat(exposition.seriesCount()).isEqualTo(10);
    assertThat(exposition.truncated()).isTrue();
  }

  @Test
  void only_wantedFamilies_readsTheirSamplesAlone() {
    var body = "# TYPE x histogram\nx_bucket{le=\"+Inf\"} 1\nx_count 1\ny 1\nz{ bad\n";
    var exposition =
        MetricsReader.standard()
            .only(List.of("x"))
            .read(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                TEXT,
                "t",
                Instant.EPOCH)
            .toOptional()
            .orElseThrow();

    assertThat(exposition.seriesCount()).isEqualTo(2);
    assertThat(exposition.samples("y")).isEmpty();
    assertThat(exposition.partial()).isFalse();
  }

  @Test
  void read_badLinesAnywhere_losesNoGoodSample() {
    var random = new Random(7);
    var bad = badLines().stream().map(a -> (String) a.get()[1]).toList();
    for (int round = 0; round < 200; round++) {
      var lines = new ArrayList<String>();
      for (int i = 0; i < 30; i++) {
        lines.add("m%d{route=\"/o/{id}\",i=\"%d\"} %d".formatted(i % 4, i, i));
      }
      int inserted = random.nextInt(20);
      for (int i = 0; i < inserted; i++) {
        lines.add(random.nextInt(lines.size() + 1), bad.get(random.nextInt(bad.size())));
      }

      var exposition = text(String.join("\n", lines) + "\n");

      assertThat(exposition.seriesCount()).isEqualTo(30);
      assertThat(exposition.warningCount()).isEqualTo(inserted);
      for (int i = 0; i < 30; i++) {
        var labels = Labels.of(Map.of("route", "/o/{id}", "i", "" + i));
        int value = i;
        assertThat(exposition.samples("m" + i % 4))
            .anyMatch(s -> s.labels().equals(labels) && s.value() == value);
      }
    }
  }

  @Test
  void parse_randomNumbers_agreesWithJava() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Numbers.ofLabel(Double.toString(value))).isEqualTo(value);
      }
      var decimal =
          random.nextInt(100_000) + "." + random.nextInt(100_000) + "e" + random.nextInt(9);
      assertThat(Numbers.ofLabel(decimal)).isEqualTo(Double.parseDouble(decimal));
    }
  }

  @Test
  void matching_anyCase_findsNamesAndLabelsSortedAndWarnsOfTotals() {
    var exposition =
        text(
            """
            # TYPE e_total counter
            e_total{kind="ERROR"} 2
            # TYPE b_errors gauge
            b_errors 1
            other{note="fine"} 1
            """);

    var found = exposition.matching("error");

    assertThat(found.samples()).extracting(Sample::name).containsExactly("b_errors", "e_total");
    assertThat(found.counters()).isEqualTo(1);
    assertThat(found.toString()).contains("1 is a total since the process began");
    assertThat(exposition.matching("absent").toString()).contains("0 series");
  }

  /** prom-client's own order: the gauge of all handles, then those of each type. */
  @ParameterizedTest
  @CsvSource({
    "# TYPE h_total gauge|h_total 12|# TYPE h gauge|h{type=\"Socket\"} 12, 0",
    "h_total 12|# TYPE h gauge|h{type=\"Socket\"} 12, 0",
    "# TYPE h_count gauge|h_count 12|# TYPE h histogram|h_sum 1, 0",
    "h 12|# TYPE h gauge, 1",
    "h_count 12|# TYPE h summary, 1",
    "h_total 12|# TYPE h counter, 1"
  })
  void read_typeAfterSamples_warnsOnlyOfItsOwn(String lines, int warnings) {
    var read = text(lines.replace('|', '\n') + "\n");

    assertThat(read.warnings())
        .filteredOn(w -> w.text().contains("TYPE stands after"))
        .hasSize(warnings);
  }

  @Test
  void matching_valuesOfAnotherTime_saySo() {
    var exposition = text("error_total 3 1700000000000\nerrors 1\n");

    assertThat(exposition.matching("error").toString())
        .contains("1 carry a time of their own, the oldest 2023-11-14T22:13:20Z");
    assertThat(text("error_total 3\n").matching("error").toString())
        .doesNotContain("time of their own");
  }

  /** What is looked for, and which families may have been meant, the nearest first. */
  @ParameterizedTest
  @CsvSource({
    "shopify_api, shopify_api_calls_total",
    "shopfy, shopify_api_calls_total",
    "http_request_error, http_requests_total http_request_errors_total",
    "requests, ''",
    "zzz, ''",
    "'', ''",
    "\"{}\u001b, ''",
  })
  void matching_none_namesWhatMayHaveBeenMeant(String wanted, String near) {
    var exposition =
        text(
            """
            # TYPE http_request_errors_total counter
            # TYPE shopify_api_calls_total counter
            # TYPE http_requests_total counter
            http_requests_total{route="/"} 1
            # TYPE up gauge
            """);

    var found = exposition.matching(wanted);

    assertThat(found.near()).containsAll(near.isEmpty() ? List.of() : List.of(near.split(" ")));
    if (near.isEmpty()) {
      assertThat(found.near()).isEmpty();
    }
    if (found.samples().isEmpty()) {
      assertThat(found.toString()).contains("no series before its first event");
    }
  }
}
