package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemediesTest {
  @Test
  void parse_quotesBackslashesAndOctals_areTheTextThatWasQuoted() {
    assertThat(JavaLiteral.parse("\"web \\\"blue\\\" \\\\1\"")).hasValue("web \"blue\" \\1");
    assertThat(JavaLiteral.parse("\"\"")).hasValue("");
    assertThat(JavaLiteral.parse("\"a\\012b\\377\\u20ac\\\\u0041\""))
        .hasValue("a\nb\u00ff€\\u0041");
    assertThat(JavaLiteral.parse("\"\\1012\\ttab\"")).hasValue("A2\ttab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "x",
        "\"a\"b\"",
        "\"a\\\"",
        "\"\\q\"",
        "\"\\u12\"",
        "\"\\u0022\"",
        "\"a\" + \"b\""
      })
  void parse_notOneLiteral_isEmpty(String text) {
    assertThat(JavaLiteral.parse(text)).isEmpty();
  }
}
