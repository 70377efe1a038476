package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictOpenMetricsTest {
  /** In a body, a semicolon stands for a line feed. */
  private static Arguments good(String rule, String body) {
    return Arguments.of(rule, body);
  }

  static List<Arguments> accepted() {
    return List.of(
        good("nothing but the end", "# EOF"),
        good("final line feed", "# EOF;"),
        good("gauge", "# TYPE a gauge;# HELP a b;# UNIT a ;a 1;# EOF;"),
        good("empty help", "# HELP a ;a 1;# EOF;"),
        good("unit is the suffix", "# TYPE a_seconds gauge;# UNIT a_seconds seconds;# EOF;"),
        good("no metadata", "a 1;# EOF;"),
        good("counter", "# TYPE a counter;a_total 1;a_created 1.5;# EOF;"),
        good("unknown", "# TYPE a unknown;a -1;# EOF;"),
        good("info", "# TYPE a info;a_info{b=\"c\"} 1;# EOF;"),
        good("stateset", "# TYPE a stateset;a{a=\"x\"} 0;a{a=\"y\"} 1;# EOF;"),
        good(
            "summary",
            "# TYPE a summary;a{quantile=\"0.5\"} NaN;a_count 1;a_sum 2;a_created 1;# EOF;"),
        good(
            "histogram",
            "# TYPE a histogram;a_bucket{le=\"1\"} 1;a_bucket{le=\"1e+01\"} 1;"
                + "a_bucket{le=\"+Inf\"} 2;a_count 2;a_sum 3;a_created 1;# EOF;"),
        good("histogram alone", "# TYPE a histogram;a_bucket{le=\"+Inf\"} 2;# EOF;"),
        good(
            "negative bound without sum",
            "# TYPE a histogram;a_bucket{le=\"-1.0\"} 1;a_bucket{le=\"+Inf\"} 2;# EOF;"),
        good(
            "gaugehistogram",
            "# TYPE a gaugehistogram;a_bucket{le=\"-1\"} 1;a_bucket{le=\"+Inf\"} 2;"
                + "a_gcount 2;a_gsum -3;# EOF;"),
        good("empty label", "a{b=\"\"} 1;# EOF;"),
        good("empty braces", "a{} 1;# EOF;"),
        good("escapes", "a{b=\"\\\\\\\"\\n\\t\"} 1;# EOF;"),
        good("number forms", "a .5;b 5.;c -inf;d +Infinity;e nan;f 1E-3;# EOF;"),
        good("timestamps", "a 1 1.5e3;a 2 1500.5;# EOF;"),
        good("exemplar on a total", "# TYPE a counter;a_total 1 1 # {t=\"a\"} 0.4 17.5;# EOF;"),
        good(
            "exemplar without labels on a bucket",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1 # {} 0.4;# EOF;"),
        good("hash in a label", "a{b=\" # {\"} 1;# EOF;"),
        good(
            "128 code points",
            "# TYPE a counter;a_total 1 # {t=\"" + "😀".repeat(127) + "\"} 1;# EOF;"),
        good("colon in the name", "a:b 1;# EOF;"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void readStrictly_valid_isAccepted(String rule, String body) throws IOException {
    assertThat(read(body).partial()).as(rule).isFalse();
  }

  static List<Arguments> refused() {
    return List.of(
        good("empty", ""),
        good("no end", "a 1;"),
        good("after the end", "# EOF;;"),
        good("sample after the end", "# EOF;a 1;"),
        good("blank line", "a 1;;# EOF;"),
        good("comment", "# hello;# EOF;"),
        good("byte order mark", "\ufeffa 1;# EOF;"),
        good("carriage return", "a 1\r;# EOF;"),
        good("two spaces", "a  1;# EOF;"),
        good("tab", "a\t1;# EOF;"),
        good("leading space", " a 1;# EOF;"),
        good("trailing space", "a 1 ;# EOF;"),
        good("space in the braces", "a{ b=\"1\"} 1;# EOF;"),
        good("space around =", "a{b =\"1\"} 1;# EOF;"),
        good("space after a comma", "a{b=\"1\", c=\"2\"} 1;# EOF;"),
        good("trailing comma", "a{b=\"1\",} 1;# EOF;"),
        good("no space after braces", "a{b=\"1\"}1;# EOF;"),
        good("lower case keyword", "# type a gauge;# EOF;"),
        good("two spaces in metadata", "#  TYPE a gauge;# EOF;"),
        good("upper case type", "# TYPE a Gauge;# EOF;"),
        good("untyped", "# TYPE a untyped;# EOF;"),
        good("unknown type", "# TYPE a stuff;# EOF;"),
        good("type twice", "# TYPE a gauge;# TYPE a gauge;# EOF;"),
        good("help twice", "# HELP a b;# HELP a b;# EOF;"),
        good("help without space", "# HELP a;# EOF;"),
        good("unit without space", "# UNIT a;# EOF;"),
        good("metadata after sample", "a 1;# HELP a b;# EOF;"),
        good("type after sample", "a 1;# TYPE a gauge;# EOF;"),
        good("families interleaved", "a{x=\"1\"} 1;b 1;a{x=\"2\"} 1;# EOF;"),
        good("unit is no suffix", "# TYPE a gauge;# UNIT a seconds;# EOF;"),
        good("unit of info", "# TYPE a_x info;# UNIT a_x x;# EOF;"),
        good("unit of stateset", "# TYPE a_x stateset;# UNIT a_x x;# EOF;"),
        good("counter without _total", "# TYPE a counter;a 1;# EOF;"),
        good("negative counter", "# TYPE a counter;a_total -1;# EOF;"),
        good("counter NaN", "# TYPE a counter;a_total NaN;# EOF;"),
        good("bucket without le", "# TYPE a histogram;a_bucket 1;# EOF;"),
        good("no +Inf", "# TYPE a histogram;a_bucket{le=\"1\"} 1;# EOF;"),
        good("Inf written otherwise", "# TYPE a histogram;a_bucket{le=\"Inf\"} 1;# EOF;"),
        good(
            "bounds fall",
            "# TYPE a histogram;a_bucket{le=\"2\"} 1;a_bucket{le=\"1\"} 1;"
                + "a_bucket{le=\"+Inf\"} 1;# EOF;"),
        good(
            "counts fall",
            "# TYPE a histogram;a_bucket{le=\"1\"} 2;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        good(
            "count is not +Inf",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 2;a_sum 1;# EOF;"),
        good("count without sum", "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;# EOF;"),
        good("sum without count", "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_sum 1;# EOF;"),
        good(
            "sum with negative bounds",
            "# TYPE a histogram;a_bucket{le=\"-1\"} 1;a_bucket{le=\"+Inf\"} 1;"
                + "a_count 1;a_sum 1;# EOF;"),
        good("bucket NaN", "# TYPE a histogram;a_bucket{le=\"+Inf\"} NaN;# EOF;"),
        good(
            "sum negative", "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum -1;# EOF;"),
        good(
            "gsum negative without negative bound",
            "# TYPE a gaugehistogram;a_bucket{le=\"+Inf\"} 1;a_gcount 1;a_gsum -1;# EOF;"),
        good(
            "gaugehistogram with _count",
            "# TYPE a gaugehistogram;a_bucket{le=\"+Inf\"} 1;a_count 1;# TYPE a_count gauge;"
                + "# EOF;"),
        good("quantile above 1", "# TYPE a summary;a{quantile=\"1.5\"} 1;# EOF;"),
        good("quantile is no number", "# TYPE a summary;a{quantile=\"x\"} 1;# EOF;"),
        good("no quantile", "# TYPE a summary;a 1;# EOF;"),
        good("quantile's value negative", "# TYPE a summary;a{quantile=\"0.5\"} -1;# EOF;"),
        good("summary count NaN", "# TYPE a summary;a_count NaN;# EOF;"),
        good("summary sum negative", "# TYPE a summary;a_sum -1;# EOF;"),
        good("info is 2", "# TYPE a info;a_info 2;# EOF;"),
        good("state is 2", "# TYPE a stateset;a{a=\"x\"} 2;# EOF;"),
        good("state without its label", "# TYPE a stateset;a{b=\"x\"} 1;# EOF;"),
        good("names clash", "# TYPE a counter;a_total 1;# TYPE a_created gauge;# EOF;"),
        good("names clash the other way", "# TYPE a_created gauge;# TYPE a counter;# EOF;"),
        good("label twice", "a{b=\"1\",b=\"2\"} 1;# EOF;"),
        good("label begins with a digit", "a{1=\"1\"} 1;# EOF;"),
        good("name begins with a digit", "1a 1;# EOF;"),
        good("signed NaN", "a -NaN;# EOF;"),
        good("hex", "a 0x1;# EOF;"),
        good("underscore", "a 1_0;# EOF;"),
        good("no value", "a;# EOF;"),
        good("timestamp NaN", "a 1 NaN;# EOF;"),
        good("timestamp Inf", "a 1 Inf;# EOF;"),
        good("timestamps fall", "a 1 2;a 1 1;# EOF;"),
        good("timestamps mixed", "a 1;a 1 1;# EOF;"),
        good("series twice", "a 1;a 1;# EOF;"),
        good("series apart", "a{b=\"1\"} 1 1;a{b=\"2\"} 1 1;a{b=\"1\"} 1 2;# EOF;"),
        good("exemplar on a gauge", "# TYPE a gauge;a 1 # {b=\"1\"} 1;# EOF;"),
        good("exemplar on unknown", "a_total 1 # {b=\"1\"} 1;# EOF;"),
        good("exemplar without value", "# TYPE a counter;a_total 1 # {};# EOF;"),
        good("exemplar without space", "# TYPE a counter;a_total 1 #{} 1;# EOF;"),
        good("exemplar's time NaN", "# TYPE a counter;a_total 1 # {} 1 NaN;# EOF;"),
        good(
            "129 code points",
            "# TYPE a counter;a_total 1 # {t=\"" + "x".repeat(128) + "\"} 1;# EOF;"),
        good("composite value", "a {count:1};# EOF;"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void readStrictly_invalid_isRefusedWithItsRule(String rule, String body) {
    assertThatExceptionOfType(OpenMetricsException.class)
        .as(rule)
        .isThrownBy(() -> read(body))
        .satisfies(e -> assertThat(e.rule()).isNotEmpty());
  }

  private static Exposition read(String body) throws IOException {
    return MetricsReader.standard()
        .readStrictly(
            new ByteArrayInputStream(body.replace(';', '\n').getBytes(StandardCharsets.UTF_8)));
  }
}
