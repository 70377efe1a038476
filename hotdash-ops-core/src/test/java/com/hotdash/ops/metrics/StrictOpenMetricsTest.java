package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  /** A rule, a body that breaks it alone, and the nearest one that keeps it. */
  private static Arguments row(OpenMetricsRule rule, String what, String refused, String good) {
    return Arguments.of(rule, what, refused, good);
  }

  static List<Arguments> rules() {
    return List.of(
        row(OpenMetricsRule.EOF, "empty", "", "# EOF"),
        row(OpenMetricsRule.EOF, "no end", "a 1;", "a 1;# EOF"),
        row(OpenMetricsRule.LINE_FEED, "half a line at the end", "a 1", "a 1;# EOF"),
        row(OpenMetricsRule.NOTHING_AFTER_EOF, "blank line after the end", "# EOF;;", "# EOF;"),
        row(OpenMetricsRule.NOTHING_AFTER_EOF, "sample after the end", "# EOF;a 1;", "a 1;# EOF"),
        row(OpenMetricsRule.NO_EMPTY_LINE, "blank line", "a 1;;# EOF;", "a 1;# EOF;"),
        row(OpenMetricsRule.COMMENT, "comment", "# hello;# EOF;", "# HELP hello ;# EOF;"),
        row(
            OpenMetricsRule.COMMENT,
            "lower case keyword",
            "# type a gauge;# EOF;",
            "# TYPE a gauge;# EOF;"),
        row(
            OpenMetricsRule.COMMENT,
            "two spaces before the keyword",
            "#  TYPE a gauge;# EOF;",
            "# TYPE a gauge;# EOF;"),
        row(
            OpenMetricsRule.NO_BYTE_ORDER_MARK,
            "byte order mark",
            "\ufeffa 1;# EOF;",
            "a{b=\"\ufeff\"} 1;# EOF;"),
        row(OpenMetricsRule.NO_CARRIAGE_RETURN, "carriage return", "a 1\r;# EOF;", "a 1;# EOF;"),
        row(OpenMetricsRule.ONE_SPACE, "two spaces", "a  1;# EOF;", "a 1;# EOF;"),
        row(OpenMetricsRule.ONE_SPACE, "tab", "a\t1;# EOF;", "a 1;# EOF;"),
        row(OpenMetricsRule.SAMPLE_NAME, "leading space", " a 1;# EOF;", "a 1;# EOF;"),
        row(OpenMetricsRule.ONE_SPACE, "trailing space", "a 1 ;# EOF;", "a 1;# EOF;"),
        row(
            OpenMetricsRule.ONE_SPACE,
            "no space after braces",
            "a{b=\"1\"}1;# EOF;",
            "a{b=\"1\"} 1;# EOF;"),
        row(OpenMetricsRule.ONE_SPACE, "no value", "a;# EOF;", "a 0;# EOF;"),
        row(
            OpenMetricsRule.LABEL_NAME,
            "space in the braces",
            "a{ b=\"1\"} 1;# EOF;",
            "a{b=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABEL_VALUE,
            "space before =",
            "a{b =\"1\"} 1;# EOF;",
            "a{b=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABEL_VALUE,
            "space after =",
            "a{b= \"1\"} 1;# EOF;",
            "a{b=\" 1\"} 1;# EOF;"),
        row(OpenMetricsRule.LABEL_VALUE, "no quotes", "a{b=1} 1;# EOF;", "a{b=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABEL_NAME,
            "space after a comma",
            "a{b=\"1\", c=\"2\"} 1;# EOF;",
            "a{b=\"1\",c=\"2\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABEL_NAME,
            "trailing comma",
            "a{b=\"1\",} 1;# EOF;",
            "a{b=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABELS_PARTED,
            "no comma",
            "a{b=\"1\"c=\"2\"} 1;# EOF;",
            "a{b=\"1\",c=\"2\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABELS_PARTED,
            "space before the brace",
            "a{b=\"1\" } 1;# EOF;",
            "a{b=\"1 \"} 1;# EOF;"),
        row(OpenMetricsRule.QUOTE, "quote not closed", "a{b=\"1} 1;# EOF;", "a{b=\"1}\"} 1;# EOF;"),
        row(
            OpenMetricsRule.QUOTE,
            "closing quote escaped",
            "a{b=\"1\\\"} 1;# EOF;",
            "a{b=\"1\\\\\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABEL_ONCE,
            "label twice",
            "a{b=\"1\",b=\"2\"} 1;# EOF;",
            "a{b=\"1\",c=\"2\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABEL_NAME,
            "label begins with a digit",
            "a{1=\"1\"} 1;# EOF;",
            "a{_1=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LABEL_VALUE,
            "label with a colon",
            "a{b:c=\"1\"} 1;# EOF;",
            "a:c{b=\"1\"} 1;# EOF;"),
        row(OpenMetricsRule.SAMPLE_NAME, "name begins with a digit", "1a 1;# EOF;", "a1 1;# EOF;"),
        row(
            OpenMetricsRule.TYPE_WORD,
            "upper case type",
            "# TYPE a Gauge;# EOF;",
            "# TYPE a gauge;# EOF;"),
        row(
            OpenMetricsRule.TYPE_WORD,
            "untyped",
            "# TYPE a untyped;# EOF;",
            "# TYPE a unknown;# EOF;"),
        row(
            OpenMetricsRule.TYPE_WORD,
            "unknown type",
            "# TYPE a stuff;# EOF;",
            "# TYPE a stateset;# EOF;"),
        row(
            OpenMetricsRule.METADATA_ONCE,
            "type twice",
            "# TYPE a gauge;# TYPE a gauge;# EOF;",
            "# TYPE a gauge;# TYPE b gauge;# EOF;"),
        row(
            OpenMetricsRule.METADATA_ONCE,
            "help twice",
            "# HELP a b;# HELP a b;# EOF;",
            "# HELP a b;# TYPE a gauge;# EOF;"),
        row(
            OpenMetricsRule.METADATA_ONCE,
            "unit twice",
            "# UNIT a ;# UNIT a ;# EOF;",
            "# UNIT a ;# HELP a b;# EOF;"),
        row(
            OpenMetricsRule.METADATA_NAME,
            "help of nothing",
            "# HELP 1 b;# EOF;",
            "# HELP a 1;# EOF;"),
        row(
            OpenMetricsRule.METADATA_SPACE,
            "help without space",
            "# HELP a;# EOF;",
            "# HELP a ;# EOF;"),
        row(
            OpenMetricsRule.METADATA_SPACE,
            "unit without space",
            "# UNIT a;# EOF;",
            "# UNIT a ;# EOF;"),
        row(
            OpenMetricsRule.METADATA_FIRST,
            "help after sample",
            "a 1;# HELP a b;# EOF;",
            "# HELP a b;a 1;# EOF;"),
        row(
            OpenMetricsRule.METADATA_FIRST,
            "type after sample",
            "a 1;# TYPE a gauge;# EOF;",
            "# TYPE a gauge;a 1;# EOF;"),
        row(
            OpenMetricsRule.FAMILY_TOGETHER,
            "families interleaved",
            "a{x=\"1\"} 1;b 1;a{x=\"2\"} 1;# EOF;",
            "a{x=\"1\"} 1;a{x=\"2\"} 1;b 1;# EOF;"),
        row(
            OpenMetricsRule.FAMILY_TOGETHER,
            "metadata apart",
            "# TYPE a gauge;b 1;# HELP a c;# EOF;",
            "# TYPE a gauge;# HELP a c;b 1;# EOF;"),
        row(
            OpenMetricsRule.UNIT_SUFFIX,
            "unit is no suffix",
            "# TYPE a gauge;# UNIT a seconds;# EOF;",
            "# TYPE a_seconds gauge;# UNIT a_seconds seconds;# EOF;"),
        row(
            OpenMetricsRule.UNIT_SUFFIX,
            "suffix without its underscore",
            "# UNIT aseconds seconds;# EOF;",
            "# UNIT a_seconds seconds;# EOF;"),
        row(
            OpenMetricsRule.UNIT_OF_STATE,
            "unit of info",
            "# TYPE a_x info;# UNIT a_x x;# EOF;",
            "# TYPE a_x gauge;# UNIT a_x x;# EOF;"),
        row(
            OpenMetricsRule.UNIT_OF_STATE,
            "unit of stateset",
            "# TYPE a_x stateset;# UNIT a_x x;# EOF;",
            "# TYPE a_x stateset;# UNIT a_x ;# EOF;"),
        row(
            OpenMetricsRule.NAMES_CLASH,
            "counter and its created",
            "# TYPE a counter;a_total 1;# TYPE a_created gauge;# EOF;",
            "# TYPE a counter;a_total 1;# TYPE b_created gauge;# EOF;"),
        row(
            OpenMetricsRule.NAMES_CLASH,
            "the other way",
            "# TYPE a_created gauge;# TYPE a counter;# EOF;",
            "# TYPE a_created gauge;# TYPE a gauge;# EOF;"),
        row(
            OpenMetricsRule.FAMILY_TOGETHER,
            "counter without _total",
            "# TYPE a counter;a 1;# EOF;",
            "# TYPE a counter;a_total 1;# EOF;"),
        row(
            OpenMetricsRule.COUNTER,
            "negative counter",
            "# TYPE a counter;a_total -1;# EOF;",
            "# TYPE a gauge;a -1;# EOF;"),
        row(
            OpenMetricsRule.COUNTER,
            "counter NaN",
            "# TYPE a counter;a_total NaN;# EOF;",
            "# TYPE a counter;a_total +Inf;# EOF;"),
        row(
            OpenMetricsRule.CREATED,
            "created NaN",
            "# TYPE a counter;a_total 1;a_created NaN;# EOF;",
            "# TYPE a counter;a_total 1;a_created 1;# EOF;"),
        row(
            OpenMetricsRule.CREATED,
            "created negative",
            "# TYPE a summary;a_created -1;# EOF;",
            "# TYPE a summary;a_created 0;# EOF;"),
        row(
            OpenMetricsRule.LE_MISSING,
            "bucket without le",
            "# TYPE a histogram;a_bucket 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.LE_NUMBER,
            "le is a word",
            "# TYPE a histogram;a_bucket{le=\"x\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"1e+00\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.BUCKET_INF,
            "no +Inf",
            "# TYPE a histogram;a_bucket{le=\"1\"} 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"1\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.BUCKET_INF,
            "no bucket",
            "# TYPE a histogram;a_count 1;a_sum 1;# EOF;",
            "# TYPE a summary;a_count 1;a_sum 1;# EOF;"),
        row(
            OpenMetricsRule.LE_SPELLING,
            "Inf written otherwise",
            "# TYPE a histogram;a_bucket{le=\"Inf\"} 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.BUCKETS_ASCEND,
            "bounds fall",
            "# TYPE a histogram;a_bucket{le=\"2\"} 1;a_bucket{le=\"1\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"2\"} 1;a_bucket{le=\"3\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.BUCKETS_ASCEND,
            "one bound in two spellings",
            "# TYPE a histogram;a_bucket{le=\"1\"} 1;a_bucket{le=\"1.0\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"1\"} 1;a_bucket{le=\"1.1\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.BUCKETS_FALL,
            "counts fall",
            "# TYPE a histogram;a_bucket{le=\"1\"} 2;a_bucket{le=\"+Inf\"} 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"1\"} 2;a_bucket{le=\"+Inf\"} 2;# EOF;"),
        row(
            OpenMetricsRule.COUNT_EQUALS,
            "count is not +Inf",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 2;a_sum 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 2;a_count 2;a_sum 1;# EOF;"),
        row(
            OpenMetricsRule.COUNT_EQUALS,
            "gcount is not +Inf",
            "# TYPE a gaugehistogram;a_bucket{le=\"+Inf\"} 1;a_gcount 2;a_gsum 1;# EOF;",
            "# TYPE a gaugehistogram;a_bucket{le=\"+Inf\"} 2;a_gcount 2;a_gsum 1;# EOF;"),
        row(
            OpenMetricsRule.COUNT_AND_SUM,
            "count without sum",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.COUNT_AND_SUM,
            "sum without count",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_sum 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum 1;# EOF;"),
        row(
            OpenMetricsRule.SUM_OF_NEGATIVE,
            "sum with negative bounds",
            "# TYPE a histogram;a_bucket{le=\"-1\"} 1;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"-1\"} 1;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.BUCKET,
            "bucket NaN",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} NaN;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 0;# EOF;"),
        row(
            OpenMetricsRule.BUCKET,
            "bucket negative",
            "# TYPE a gaugehistogram;a_bucket{le=\"+Inf\"} -1;# EOF;",
            "# TYPE a gaugehistogram;a_bucket{le=\"+Inf\"} 1;# EOF;"),
        row(
            OpenMetricsRule.COUNT,
            "count NaN",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count NaN;a_sum 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum 1;# EOF;"),
        row(
            OpenMetricsRule.SUM,
            "sum NaN",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum NaN;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum 0;# EOF;"),
        row(
            OpenMetricsRule.SUM,
            "sum negative",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum -1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1;a_sum 1;# EOF;"),
        row(
            OpenMetricsRule.GAUGE_SUM,
            "gsum negative without negative bound",
            "# TYPE a gaugehistogram;a_bucket{le=\"+Inf\"} 1;a_gcount 1;a_gsum -1;# EOF;",
            "# TYPE a gaugehistogram;a_bucket{le=\"-1\"} 1;a_bucket{le=\"+Inf\"} 1;a_gcount 1;a_gsum -1;# EOF;"),
        row(
            OpenMetricsRule.QUANTILE,
            "quantile above 1",
            "# TYPE a summary;a{quantile=\"1.5\"} 1;# EOF;",
            "# TYPE a summary;a{quantile=\"1.0\"} 1;# EOF;"),
        row(
            OpenMetricsRule.QUANTILE,
            "quantile below 0",
            "# TYPE a summary;a{quantile=\"-0.1\"} 1;# EOF;",
            "# TYPE a summary;a{quantile=\"0\"} 1;# EOF;"),
        row(
            OpenMetricsRule.QUANTILE,
            "quantile is no number",
            "# TYPE a summary;a{quantile=\"x\"} 1;# EOF;",
            "# TYPE a summary;a{quantile=\".5\"} 1;# EOF;"),
        row(
            OpenMetricsRule.QUANTILE,
            "no quantile",
            "# TYPE a summary;a 1;# EOF;",
            "# TYPE a gauge;a 1;# EOF;"),
        row(
            OpenMetricsRule.QUANTILE_VALUE,
            "quantile's value negative",
            "# TYPE a summary;a{quantile=\"0.5\"} -1;# EOF;",
            "# TYPE a summary;a{quantile=\"0.5\"} NaN;# EOF;"),
        row(
            OpenMetricsRule.SUMMARY_TOTAL,
            "summary count NaN",
            "# TYPE a summary;a_count NaN;# EOF;",
            "# TYPE a summary;a_count 0;# EOF;"),
        row(
            OpenMetricsRule.SUMMARY_TOTAL,
            "summary sum negative",
            "# TYPE a summary;a_sum -1;# EOF;",
            "# TYPE a summary;a_sum 0.5;# EOF;"),
        row(
            OpenMetricsRule.INFO,
            "info is 2",
            "# TYPE a info;a_info 2;# EOF;",
            "# TYPE a info;a_info 1;# EOF;"),
        row(
            OpenMetricsRule.STATE,
            "state is 2",
            "# TYPE a stateset;a{a=\"x\"} 2;# EOF;",
            "# TYPE a stateset;a{a=\"x\"} 0;# EOF;"),
        row(
            OpenMetricsRule.STATE_LABEL,
            "state without its label",
            "# TYPE a stateset;a{b=\"x\"} 1;# EOF;",
            "# TYPE a stateset;a{a=\"x\"} 1;# EOF;"),
        row(OpenMetricsRule.VALUE, "signed NaN", "a -NaN;# EOF;", "a NaN;# EOF;"),
        row(OpenMetricsRule.VALUE, "hex", "a 0x1;# EOF;", "a 01;# EOF;"),
        row(OpenMetricsRule.VALUE, "underscore", "a 1_0;# EOF;", "a 10;# EOF;"),
        row(OpenMetricsRule.VALUE, "composite value", "a {count:1};# EOF;", "a 1;# EOF;"),
        row(OpenMetricsRule.TIMESTAMP, "timestamp is a word", "a 1 x;# EOF;", "a 1 1;# EOF;"),
        row(OpenMetricsRule.TIMESTAMP, "start time", "a 1 st@1;# EOF;", "a 1 1;# EOF;"),
        row(OpenMetricsRule.TIMESTAMP_FINITE, "timestamp NaN", "a 1 NaN;# EOF;", "a 1 -1;# EOF;"),
        row(OpenMetricsRule.TIMESTAMP_FINITE, "timestamp Inf", "a 1 Inf;# EOF;", "a Inf 1;# EOF;"),
        row(
            OpenMetricsRule.TIMESTAMPS_FALL,
            "timestamps fall",
            "a 1 2;a 1 1;# EOF;",
            "a 1 1;a 1 1.5;# EOF;"),
        row(
            OpenMetricsRule.TIMESTAMPS_MIXED,
            "timestamp later only",
            "a 1;a 1 1;# EOF;",
            "a 1 1;a 1 2;# EOF;"),
        row(
            OpenMetricsRule.TIMESTAMPS_MIXED,
            "timestamp first only",
            "a 1 1;a 1;# EOF;",
            "a{b=\"1\"} 1 1;a 1;# EOF;"),
        row(
            OpenMetricsRule.SERIES_ONCE,
            "series twice",
            "a 1;a 1;# EOF;",
            "a 1;a{b=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.SERIES_ONCE,
            "empty label is no label",
            "a{b=\"\"} 1;a 1;# EOF;",
            "a{b=\"c\"} 1;a 1;# EOF;"),
        row(
            OpenMetricsRule.SERIES_ONCE,
            "one time twice",
            "a 1 1;a 2 1.0;# EOF;",
            "a 1 1;a 2 1.1;# EOF;"),
        row(
            OpenMetricsRule.SERIES_TOGETHER,
            "series apart",
            "a{b=\"1\"} 1 1;a{b=\"2\"} 1 1;a{b=\"1\"} 1 2;# EOF;",
            "a{b=\"1\"} 1 1;a{b=\"1\"} 1 2;a{b=\"2\"} 1 1;# EOF;"),
        row(
            OpenMetricsRule.EXEMPLAR_PLACE,
            "exemplar on a gauge",
            "# TYPE a gauge;a 1 # {b=\"1\"} 1;# EOF;",
            "# TYPE a counter;a_total 1 # {b=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.EXEMPLAR_PLACE,
            "exemplar on unknown",
            "a_total 1 # {b=\"1\"} 1;# EOF;",
            "# TYPE a counter;a_total 1 # {b=\"1\"} 1;# EOF;"),
        row(
            OpenMetricsRule.EXEMPLAR_PLACE,
            "exemplar on a count",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1;a_count 1 # {} 1;a_sum 1;# EOF;",
            "# TYPE a histogram;a_bucket{le=\"+Inf\"} 1 # {} 1;a_count 1;a_sum 1;# EOF;"),
        row(
            OpenMetricsRule.ONE_SPACE,
            "exemplar without value",
            "# TYPE a counter;a_total 1 # {};# EOF;",
            "# TYPE a counter;a_total 1 # {} 1;# EOF;"),
        row(
            OpenMetricsRule.EXEMPLAR_VALUE,
            "exemplar's value is a word",
            "# TYPE a counter;a_total 1 # {} x;# EOF;",
            "# TYPE a counter;a_total 1 # {} -1;# EOF;"),
        row(
            OpenMetricsRule.EXEMPLAR_BEGIN,
            "exemplar without space",
            "# TYPE a counter;a_total 1 #{} 1;# EOF;",
            "# TYPE a counter;a_total 1 # {} 1;# EOF;"),
        row(
            OpenMetricsRule.EXEMPLAR_BEGIN,
            "something after the timestamp",
            "a 1 1 1;# EOF;",
            "a 1 1;# EOF;"),
        row(
            OpenMetricsRule.NOTHING_AFTER,
            "something after the exemplar",
            "# TYPE a counter;a_total 1 # {} 1 2 3;# EOF;",
            "# TYPE a counter;a_total 1 # {} 1 2;# EOF;"),
        row(
            OpenMetricsRule.TIMESTAMP_FINITE,
            "exemplar's time NaN",
            "# TYPE a counter;a_total 1 # {} 1 NaN;# EOF;",
            "# TYPE a counter;a_total 1 # {} NaN 1;# EOF;"),
        row(
            OpenMetricsRule.EXEMPLAR_SIZE,
            "129 code points",
            "# TYPE a counter;a_total 1 # {t=\"" + "x".repeat(128) + "\"} 1;# EOF;",
            "# TYPE a counter;a_total 1 # {t=\"" + "😀".repeat(127) + "\"} 1;# EOF;"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rules")
  void readStrictly_ruleBroken_isRefusedByIt(
      OpenMetricsRule rule, String what, String refused, String good) throws IOException {
    assertThatExceptionOfType(OpenMetricsException.class)
        .as(what)
        .isThrownBy(() -> read(refused))
        .satisfies(e -> assertThat(e.ruleId()).isEqualTo(rule.id()))
        .satisfies(e -> assertThat(e.rule()).isEqualTo(rule.clause()));
    assertThat(read(good).partial()).isFalse();
  }

  @Test
  void rules_allButThoseOfBytes_haveARow() {
    var shown = EnumSet.of(OpenMetricsRule.UTF_8, OpenMetricsRule.BOUND);
    rules().forEach(row -> shown.add((OpenMetricsRule) row.get()[0]));

    assertThat(shown).containsExactlyInAnyOrder(OpenMetricsRule.values());
  }

  @Test
  void readStrictly_noUtf8_isRefused() {
    var bytes = "a{b=\"x\"} 1\n# EOF\n".getBytes(StandardCharsets.UTF_8);
    bytes[5] = (byte) 0xC3;

    assertThatExceptionOfType(OpenMetricsException.class)
        .isThrownBy(() -> MetricsReader.standard().readStrictly(new ByteArrayInputStream(bytes)))
        .returns("utf-8", OpenMetricsException::ruleId);
  }

  @Test
  void readStrictly_beyondItsBounds_isRefusedAsThat() throws IOException {
    var body = "a 1\nb 1\n# EOF\n".getBytes(StandardCharsets.UTF_8);
    var exact = MetricsReader.standard().limits(MetricsLimits.DEFAULT.withBytes(body.length));
    var shorter = exact.limits(MetricsLimits.DEFAULT.withBytes(body.length - 1));
    var fewer = exact.limits(MetricsLimits.DEFAULT.withSeries(1));

    assertThat(exact.readStrictly(new ByteArrayInputStream(body)).seriesCount()).isEqualTo(2);
    for (var reader : List.of(shorter, fewer)) {
      assertThatExceptionOfType(OpenMetricsException.class)
          .isThrownBy(() -> reader.readStrictly(new ByteArrayInputStream(body)))
          .returns("bound", OpenMetricsException::ruleId);
    }
  }

  private static Exposition read(String body) throws IOException {
    return MetricsReader.standard()
        .readStrictly(
            new ByteArrayInputStream(body.replace(';', '\n').getBytes(StandardCharsets.UTF_8)));
  }
}
