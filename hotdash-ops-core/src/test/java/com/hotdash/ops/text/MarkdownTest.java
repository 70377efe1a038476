package com.hotdash.ops.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
  @Test
  void toMarkdown_report_looksAsAgreed() {
    assertThat(PageFixtures.report().toMarkdown())
        .isEqualTo(
            """
            # High error rate

            > **PROBLEM** 5xx at 12.4 % since v118

            > **UNKNOWN** logs: not permitted

            Release v118 went out 40 s before the first failure.

            ```java
            ops.highErrorRate().rollBack().plan()
            ```

            ## Evidence

            - **app**: hotdash-production
            - **window**: 10 min

            | machine | MB |
            | --- | ---: |
            | 9080e | 1,024 |
            | 148e2 | 512 |

            - first
            - second

            **Failures, req/s**

            Highest of each span, 2026-11-23 14:02:00 to 14:03:00 UTC:

            | from | 5xx |
            | --- | ---: |
            | 14:02:00 | 1 |
            | 14:02:05 | 1 |
            | 14:02:10 | 1 |
            | 14:02:15 | 1 |
            | 14:02:20 | 1 |
            | 14:02:25 | 1 |
            | 14:02:30 | 8 |
            | 14:02:35 | 8 |
            | 14:02:40 | 8 |
            | 14:02:45 | 8 |
            | 14:02:50 | 8 |
            | 14:02:55 | 8 |

            - 5xx: min 1, max 8, last 8

            - 14:02:30 fault injected
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '"',
      value = {
        "a|b => a\\|b",
        "a\\|b => a\\\\\\|b",
        "`rm` => \\`rm\\`",
        "*bold* **x** => \\*bold\\* \\*\\*x\\*\\*",
        "_it_ pg_stat_activity => \\_it\\_ pg_stat_activity",
        "<img src=x> => &lt;img src=x&gt;",
        "&lt; => &amp;lt;",
        "![x](http://e) => !\\[x\\](http://e)",
        "~~gone~~ => \\~\\~gone\\~\\~",
        "- item => \\- item",
        "--- x => \\--- x",
        "-5 => -5",
        "1. item => 1\\. item",
        "12.4 % => 12.4 %",
        "# head => \\# head",
        "thanks @sam => thanks @&#8203;sam",
        "sam@example.com => sam@example.com",
        "order #1500 => order #&#8203;1500",
        "o/r#15 => o/r#&#8203;15",
        "GH-15 => GH-&#8203;15"
      })
  void toMarkdown_textWithAMeaning_losesIt(String text, String expected) {
    assertThat(Page.builder().paragraph(text).build().toMarkdown()).isEqualTo(expected + "\n");
  }

  @Test
  void table_cellsWithPipesAndLineEnds_stayCells() {
    var page =
        Page.builder()
            .table(
                List.of(Column.text("a|b"), Column.text("c")),
                List.of(List.of("x | y\n| z |", ""), List.of("1", "2")))
            .build();

    assertThat(page.toMarkdown())
        .isEqualTo(
            """
            | a\\|b | c |
            | --- | --- |
            | x \\| y \\| z \\| |   |
            | 1 | 2 |
            """);
  }

  @Test
  void table_withoutRows_saysSo() {
    var page = Page.builder().table(List.of(Column.text("what")), List.of()).build();

    assertThat(page.toMarkdown()).isEqualTo("| what |\n| --- |\n\n(none)\n");
  }

  @Test
  void code_withFences_getsALongerOne() {
    var page = Page.builder().code("sh", "a\n```\n`````\nb").build();

    assertThat(page.toMarkdown()).isEqualTo("``````sh\na\n```\n`````\nb\n``````\n");
  }

  @Test
  void toMarkdown_controlCharacters_areShownNotPassedOn() {
    var markdown = PageFixtures.everywhere("\u001b[31m \u202eevil <script>").toMarkdown();

    assertThat(markdown).doesNotContain("\u001b", "\u202e").contains("\\u{1b}[31m");
    assertThat(markdown.replaceAll("(?s)```.*?```", "")).doesNotContain("<script>");
  }
}
