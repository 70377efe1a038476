package com.hotdash.ops.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "short | 10 | short",
        "'  two\n words ' | 10 | two words",
        "exactly te | 10 | exactly te",
        "exactly ten | 10 | exactly…",
        "one word-that-is-long | 10 | one…",
        "onewordthatislong | 10 | …",
        "'{\"a\":1,\"key\":\"hunter22hunter22\"}' | 20 | '{\"a\":1,\"key\":…'",
        "a key=hunter22hunter22 | 12 | a…",
      })
  void line_ofAnyText_isCutBetweenWords(String text, int most, String expected) {
    assertThat(Cut.line(text, most)).isEqualTo(expected).hasSizeLessThanOrEqualTo(most);
  }
}
