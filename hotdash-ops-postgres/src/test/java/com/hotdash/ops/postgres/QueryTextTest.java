package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryTextTest {
  @ParameterizedTest
  @MethodSource
  void mask_value_isGone(String sql, String masked) {
    assertThat(QueryText.mask(sql)).isEqualTo(masked);
  }

  static List<Arguments> mask_value_isGone() {
    return List.of(
        Arguments.of("select 'it''s secret'", "select ?"),
        Arguments.of("select E'it\\'s secret', 2", "select E?, ?"),
        Arguments.of("select 'c:\\', 'secret'", "select ?, ?"),
        Arguments.of("select U&'d\\0061ta', B'101', x'ff'", "select U&?, B?, x?"),
        Arguments.of("select $$secret 'x'$$, 1", "select ?, ?"),
        Arguments.of("select $a$ $b$ secret $b$ $a$", "select ?"),
        Arguments.of("select $1, $12 from t1", "select $1, $12 from t1"),
        Arguments.of("select 42, -1.5e-3, .5, 0xff, 1_000", "select ?, -?, ?, ?, ?"),
        Arguments.of("select col1, a.b2 from t_3", "select col1, a.b2 from t_3"),
        Arguments.of("select \"order 66\" from \"t'1\"", "select \"order 66\" from \"t'1\""),
        Arguments.of("select 1 -- secret\n from t", "select ? from t"),
        Arguments.of("select /* a /* secret */ b */ 1", "select ?"),
        Arguments.of("select a/*'*/,'secret'", "select a ,?"),
        Arguments.of("insert into t values ('cut sec", "insert into t values (?"),
        Arguments.of("select $x$ cut sec", "select ?"),
        Arguments.of("select E'cut\\", "select E?"),
        Arguments.of("select /* cut", "select"),
        Arguments.of("select 1\n\t  , 2", "select ? , ?"),
        Arguments.of("", ""));
  }

  @Test
  void template_longStatement_isShortened() {
    assertThat(QueryText.template("select a".repeat(100))).hasSize(QueryText.LONGEST).endsWith("…");
  }
}
