package com.hotdash.ops.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final String CANARY = "canary7f3a";

  @Test
  void redacted_canaryInEveryBlock_isInNoForm() {
    var page = PageFixtures.everywhere("x " + CANARY + " y");
    assertThat(page.toText(100)).contains(CANARY);

    var clean = page.redacted(Redactor.of(List.of(Secret.of(CANARY))));

    int texts = 14;
    assertThat(clean.toText(100)).doesNotContain(CANARY);
    assertThat(clean.toMarkdown()).doesNotContain(CANARY);
    assertThat(clean.toHtml()).doesNotContain(CANARY);
    assertThat(clean.toHtml().split("x \\*\\*\\* y", -1)).hasSizeGreaterThan(texts);
  }

  @Test
  void redacted_secretOverSeveralLinesOfCode_isMasked() {
    var key = "-----BEGIN KEY-----\nabcd\n-----END KEY-----";

    var clean =
        Page.builder()
            .code("", "a\n" + key + "\nb")
            .build()
            .redacted(Redactor.of(List.of(Secret.of(key))));

    assertThat(clean).hasToString("  a\n  ***\n  b");
  }

  @Test
  void redacted_secretTornByAnEscape_isNotJoinedAfterwards() {
    var torn = CANARY.substring(0, 4) + "\u001b[0m" + CANARY.substring(4);

    var clean =
        Page.builder().paragraph(torn).build().redacted(Redactor.of(List.of(Secret.of(CANARY))));

    assertThat(clean.toText(100) + clean.toMarkdown() + clean.toHtml()).doesNotContain(CANARY);
  }

  @Test
  void append_headings_goOneLevelDownAndStopAtSix() {
    var page = Page.builder().heading(3, "deep").build();
    for (int i = 0; i < 10; i++) {
      page = Page.builder().append(page).build();
    }

    assertThat(page.toMarkdown()).isEqualTo("###### deep\n");
  }

  @Test
  void fact_afterFact_joinsTheList() {
    var page = Page.builder().fact("a", "1").fact("bb", "2").paragraph("x").fact("c", "3").build();

    assertThat(page).hasToString("a   1\nbb  2\n\nx\n\nc  3");
  }

  @Test
  void build_builderUsedFurther_pageStaysAsItWas() {
    var builder = Page.builder().paragraph("one");
    var page = builder.build();

    builder.paragraph("two");

    assertThat(page).hasToString("one");
  }

  @Test
  void table_listsChangedAfterwards_staysAsItWas() {
    var row = new ArrayList<>(List.of("1"));
    var page = Page.builder().table(List.of(Column.text("a")), List.of(row)).build();

    row.set(0, "2");

    assertThat(page).hasToString("a\n─\n1");
  }

  @Test
  void builder_valueOutOfRange_isRefused() {
    var builder = Page.builder();
    var columns = List.of(Column.text("a"), Column.text("b"));

    assertThatThrownBy(() -> builder.heading(0, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.heading(4, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.table(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.table(columns, List.of(List.of("only one"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 cells");
    assertThatThrownBy(() -> builder.code("\"><script>", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 19, 1001})
  void toText_widthOutOfRange_isRefused(int width) {
    var page = Page.builder().build();

    assertThatThrownBy(() -> page.toText(width)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void empty_everyForm_isWellFormed() {
    var page = Page.builder().build();

    assertThat(page.toText(100)).isEmpty();
    assertThat(page.toMarkdown()).isEmpty();
    assertThat(page.toHtml()).contains("<title>Report</title>").endsWith("</html>\n");
  }
}
