package com.hotdash.ops.metrics;

import java.util.Locale;

/** The rules of OpenMetrics 1.0 that a strict reading checks. Their names are stable. */
enum OpenMetricsRule {
  UTF_8("it is UTF-8"),
  NO_BYTE_ORDER_MARK("there is no byte order mark"),
  LINE_FEED("a line ends with a line feed"),
  NO_CARRIAGE_RETURN("there is no carriage return"),
  NO_EMPTY_LINE("there are no empty lines"),
  EOF("it ends with # EOF"),
  NOTHING_AFTER_EOF("nothing follows # EOF"),
  BOUND("it is within the bounds of the reader"),

  COMMENT("a comment is # TYPE, # HELP, # UNIT or # EOF, with one space between"),
  METADATA_NAME("metadata names a metric"),
  METADATA_SPACE("one space follows the name in metadata"),
  METADATA_FIRST("metadata stands before the samples of its family"),
  METADATA_ONCE("TYPE, HELP and UNIT stand at most once a family"),
  TYPE_WORD("a type is one of the specification's words, in lower case"),
  UNIT_SUFFIX("the unit is the end of the family's name"),
  UNIT_OF_STATE("an info or a stateset has no unit"),
  FAMILY_TOGETHER("a family stands together, and once"),
  NAMES_CLASH("the names of two families do not clash"),

  SAMPLE_NAME("a sample begins with the name of a metric"),
  ONE_SPACE("there is exactly one space between two tokens, and none at the end"),
  VALUE("a value is a number"),
  TIMESTAMP("a timestamp is a number of seconds"),
  TIMESTAMP_FINITE("a timestamp is not NaN and not infinite"),
  NOTHING_AFTER("nothing follows the value, the timestamp and the exemplar"),
  LABEL_NAME("a label has a name, and no space or comma too many around it"),
  LABEL_VALUE("a label's name is followed by = and a quoted value, without spaces"),
  QUOTE("a quoted value is closed"),
  LABEL_ONCE("a label stands once"),
  LABELS_PARTED("labels are parted by a comma and closed by a brace, without spaces"),
  EXEMPLAR_PLACE("an exemplar stands on a bucket or a counter's total only"),
  EXEMPLAR_BEGIN("an exemplar begins with one space, #, one space and its labels"),
  EXEMPLAR_SIZE("an exemplar's labels have at most 128 characters"),
  EXEMPLAR_VALUE("an exemplar's value is a number"),

  SERIES_TOGETHER("the samples of one series stand together"),
  SERIES_ONCE("a series stands once, or with rising timestamps"),
  TIMESTAMPS_MIXED("samples with and without a timestamp are not mixed in one series"),
  TIMESTAMPS_FALL("the timestamps of a series do not fall"),

  CREATED("a created time is a time"),
  COUNTER("a counter is not negative and not NaN"),
  INFO("an info is 1"),
  STATE_LABEL("a state stands in the label of its family"),
  STATE("a state is 0 or 1"),
  SUMMARY_TOTAL("a summary's count and sum are not negative and not NaN"),
  QUANTILE("a quantile is a number from 0 to 1"),
  QUANTILE_VALUE("a quantile's value is not negative"),

  LE_MISSING("a bucket has a label le"),
  LE_NUMBER("le is a number"),
  LE_SPELLING("the last bucket is written +Inf"),
  BUCKETS_ASCEND("buckets ascend"),
  BUCKET("a bucket is not negative and not NaN"),
  BUCKETS_FALL("the counts of buckets do not fall"),
  BUCKET_INF("a histogram has a bucket +Inf"),
  COUNT("a histogram's count is not negative and not NaN"),
  COUNT_EQUALS("the count equals the bucket +Inf"),
  COUNT_AND_SUM("count and sum stand both or neither"),
  SUM("a histogram's sum is not NaN and not negative"),
  SUM_OF_NEGATIVE("there is no sum where a bound is negative"),
  GAUGE_SUM("the sum of a gauge histogram is negative only if a bound is");

  private final String clause;

  OpenMetricsRule(String clause) {
    this.clause = clause;
  }

  String clause() {
    return clause;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void check(boolean holds, long line) {
    if (!holds) {
      throw broken(line);
    }
  }

  OpenMetricsException broken(long line) {
    return new OpenMetricsException(line, this, clause);
  }
}
