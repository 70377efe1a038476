package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssueTextTest {
  private final IssueText text = new IssueText(Redactor.SHAPES);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          @dev1 look            | @·dev1 look
          (@team/ops)           | (@·team/ops)
          see #12               | see #·12
          acme/hotdash#12       | acme/hotdash#·12
          run #&#8203;1         | run #&#8203;1
          &#12 and &#x;#7       | &#·12 and &#x;#·7
          GH-12 again           | GH-·12 again
          mail a@b.example      | mail a@b.example
          # heading             | # heading
          `@dev1` and @dev2     | `@dev1` and @·dev2
          ``a ` @x`` @y         | ``a ` @x`` @·y
          ` open @z             | ` open @·z
          """)
  void quiet_mentionsOutsideCode_areBroken(String raw, String expected) {
    assertThat(IssueText.quiet(raw)).isEqualTo(expected.replace("·", "\u200b"));
  }

  @ParameterizedTest
  @CsvSource({"```,```", "````,````", "~~~,~~~~", "```text,```"})
  void quiet_fencedBlock_isLeftAlone(String open, String close) {
    var raw = open + "\n@dev1 #12\n" + close + "\n@dev2";

    assertThat(IssueText.quiet(raw)).isEqualTo(open + "\n@dev1 #12\n" + close + "\n@\u200bdev2");
  }

  @Test
  void quiet_shorterFenceWithin_doesNotEndTheBlock() {
    var raw = "````\n```\n@dev1\n````\n@dev2";

    assertThat(IssueText.quiet(raw)).contains("\n@dev1\n").endsWith("@\u200bdev2");
  }

  @Test
  void body_tooLong_keepsTheEndAndClosesTheFence() {
    var body = text.body("~~~\n" + "y".repeat(80_000), "<!-- end -->");

    assertThat(body).hasSizeLessThanOrEqualTo(60_000).endsWith("\n\n<!-- end -->");
    assertThat(body).contains("y\n~~~\n\n_Cut here: the whole text has 80,004 characters._");
  }

  @Test
  void body_cutInsideACharacter_leavesNoHalf() {
    for (var start : new String[] {"", "a"}) {
      var body = text.body(start + "\uD83D\uDD25".repeat(40_000), "");

      assertThat(body.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isFalse();
    }
  }

  @Test
  void title_linesAndCredential_isOneCleanLine() {
    assertThat(text.title("down\nAuthorization: Bearer abcdef0123456789abcdef @x"))
        .doesNotContain("\n")
        .doesNotContain("abcdef0123456789abcdef")
        .endsWith("@\u200bx");
  }
}
