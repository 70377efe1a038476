package com.hotdash.ops.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Series;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @Test
  void toText_report_looksAsAgreed() {
    assertThat(PageFixtures.report().toText(60))
        .isEqualTo(
            """
            ══ High error rate ═════════════════════════════════════════
            [PROBLEM] 5xx at 12.4 % since v118
            [UNKNOWN] logs: not permitted

            Release v118 went out 40 s before the first failure.
              ops.highErrorRate().rollBack().plan()

            ── Evidence ────────────────────────────────────────────────
            app     hotdash-production
            window  10 min

            machine     MB
            ───────  ─────
            9080e    1,024
            148e2      512

            - first
            - second

            Failures, req/s · 2026-11-23 14:02:00 to 14:03:00 UTC
              5xx ▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂████████████████  min 1, max 8, last 8
                                  1
              1 14:02:30 fault injected""");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 33, 100})
  void toText_anythingLong_keepsTheWidth(int width) {
    var word = "registry.fly.io/hotdash:".repeat(20);
    var wide = "数据库 连接 ".repeat(30) + "👩‍💻 ";
    var narrow =
        Page.builder()
            .heading(1, wide)
            .heading(2, word)
            .paragraph(wide + word)
            .callout(Tone.BAD, word, wide)
            .bullets(List.of(word, wide))
            .fact("k", word)
            .fact(word, wide)
            .table(
                List.of(Column.text(wide), Column.number(word), Column.text("c")),
                List.of(List.of(word, "1,234,567", wide), List.of("", "9", "")))
            .table(
                List.of(Column.number("a"), Column.number("b"), Column.number("c")),
                List.of(List.of("12345678901", "12345678901", "12345678901")))
            .table(List.of(Column.text(word)), List.of())
            .plot(
                new Plot(
                    wide,
                    word,
                    List.of(Series.line(wide, PageFixtures.seconds(50, i -> i * 1e15))),
                    List.of(new Marker(PageFixtures.START, word))))
            .build();

    assertThat(narrow.toText(width).lines())
        .allSatisfy(line -> assertThat(TerminalWidth.of(line)).as(line).isLessThanOrEqualTo(width));
  }

  @Test
  void toText_longCode_isNeverBroken() {
    var command = "fly deploy --image " + "x".repeat(200);

    assertThat(Page.builder().code("sh", command).build()).hasToString("  " + command);
  }

  @Test
  void table_tooWide_losesTextButNoNumber() {
    var page =
        Page.builder()
            .table(
                List.of(Column.text("name"), Column.number("count of all")),
                List.of(List.of("x".repeat(50_000), "1,234,567,890")))
            .build();

    assertThat(page.toText(30).lines())
        .containsExactly(
            "name              count of all",
            "───────────────  ─────────────",
            "xxxxxxxxxxxxxx…  1,234,567,890");
  }

  @Test
  void table_numbersThatDoNotFit_isWrittenRowByRowInFull() {
    var page =
        Page.builder()
            .table(
                List.of(Column.number("a"), Column.number("b")),
                List.of(List.of("12345678901", "23456789012")))
            .build();

    assertThat(page.toText(20)).isEqualTo("- a: 12345678901\n  b: 23456789012");
  }

  @Test
  void table_withoutRows_saysSo() {
    var page = Page.builder().table(List.of(Column.text("what")), List.of()).build();

    assertThat(page).hasToString("what\n────\n(none)");
  }

  @Test
  void toText_controlCharacters_areShownNotPassedOn() {
    var hostile =
        "\u001b[31mred\u001b]0;title\u0007 \u202eevil\u2066 \u0000\u009b2J\u200b\ud800 \r up";

    var text = PageFixtures.everywhere(hostile).toText(100);

    assertThat(text.codePoints().filter(c -> c != '\n'))
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    assertThat(text).contains("\\u{1b}[31mred", "\\u{202e}evil", "\\u{9b}2J", "\\u{d800}");
  }

  @Test
  void toText_hugeWord_isBrokenInReasonableTime() {
    var page = Page.builder().paragraph("x".repeat(1_000_000)).build();

    assertThat(page.toText(20).lines()).hasSize(50_000);
  }
}
