package com.hotdash.ops.text;

import static com.hotdash.ops.text.PageFixtures.START;
import static com.hotdash.ops.text.PageFixtures.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlotTest {
  @Test
  void plot_withoutPoints_saysSo() {
    var page = page(Series.line("5xx", List.of()));

    assertThat(page).hasToString("t, u\n  (no values)");
    assertThat(page.toMarkdown()).isEqualTo("**t, u**\n\n(no values)\n");
    assertThat(page.toHtml()).contains("no values").doesNotContain("<svg");
  }

  @Test
  void plot_onePoint_isADot() {
    var page = page(Series.line("5xx", List.of(new Point(START, 480))));

    assertThat(page.toText(100)).contains("min 480, max 480, last 480").containsPattern(" [▁-█] ");
    assertThat(page.toMarkdown()).contains("| 14:02:00 | 480 |");
    assertThat(page.toHtml()).contains("<path class=\"series dots c0\" d=\"M500.0 200.0h.01\"/>");
  }

  @Test
  void plot_tenThousandPoints_drawsFewWithLowestAndHighest() {
    var series = Series.line("x", seconds(10_000, i -> i == 5_001 ? 99 : i == 7_003 ? 1 : 50));
    var view = new PlotView(new Plot("t", "u", List.of(series), List.of()));

    var thin = PlotSampling.thin(series, view, 200);

    assertThat(thin).hasSizeLessThanOrEqualTo(1_000).isSubsetOf(series.points());
    assertThat(thin).extracting(Point::value).contains(99.0, 1.0);
    assertThat(thin).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(page(series).toHtml()).hasSizeLessThan(40_000);
    assertThat(page(series).toText(100)).contains("min 1, max 99, last 50");
  }

  @Test
  void plot_tenThousandSteps_keepTheLevelThatHolds() {
    var series = Series.steps("x", seconds(10_000, i -> i < 5_000 ? i % 7 : 3));
    var view = new PlotView(new Plot("t", "u", List.of(series), List.of()));

    var thin = PlotSampling.thin(series, view, 200);

    assertThat(thin.get(thin.size() - 1)).isEqualTo(new Point(START.plusSeconds(9_999), 3));
    assertThat(thin.stream().filter(point -> point.at().isAfter(START.plusSeconds(5_049))))
        .extracting(Point::value)
        .containsOnly(3.0);
  }

  @Test
  void plot_gap_breaksTheLine() {
    var gap = Series.line("x", seconds(5, i -> i == 2 ? Double.NaN : 1));

    assertThat(page(gap).toHtml()).contains("d=\"M0.0 0.0L250.0 0.0M750.0 0.0L1000.0 0.0\"");
    assertThat(page(gap).toText(100)).containsPattern("█ +█");
  }

  @Test
  void plot_gapsAmongTenThousand_areKept() {
    var series = Series.line("x", seconds(10_000, i -> i == 5_001 ? Double.NaN : 1));
    var view = new PlotView(new Plot("t", "u", List.of(series), List.of()));

    assertThat(PlotSampling.thin(series, view, 200)).filteredOn(Point::gap).hasSize(1);
  }

  @Test
  void plot_steps_areDrawnAsSteps() {
    var steps = Series.steps("x", List.of(new Point(START, 0), new Point(START.plusSeconds(9), 4)));

    assertThat(page(steps).toHtml()).contains("d=\"M0.0 1000.0H1000.0V0.0\"");
    assertThat(page(steps).toText(100)).containsPattern("▁{20,}█ ");
  }

  @Test
  void plot_pointsOutOfOrder_areSorted() {
    var late = new Point(START.plusSeconds(9), 4);
    var early = new Point(START, 0);

    assertThat(Series.line("x", List.of(late, early)).points()).containsExactly(early, late);
  }

  @Test
  void plot_tooMuch_isBoundedAndSaysSo() {
    var page =
        Page.builder()
            .plot(
                new Plot(
                    "t",
                    "u",
                    Collections.nCopies(15, Series.line("s", seconds(3, i -> i))),
                    Collections.nCopies(21, new Marker(START, "m"))))
            .build();

    for (var form : List.of(page.toText(100), page.toMarkdown(), page.toHtml())) {
      assertThat(form).contains("Not drawn: 3 more series, 1 more markers.");
    }
    var paths = Pattern.compile("class=\"series c\\d d\\d\" d=\"M0.0 ").matcher(page.toHtml());
    assertThat(paths.results()).hasSize(Plot.SERIES_DRAWN);
  }

  @Test
  void plot_markersClose_labelsDoNotOverlap() {
    var markers =
        List.of(new Marker(START, "fault injected"), new Marker(START.plusSeconds(1), "ended"));
    var plot = new Plot("t", "u", List.of(Series.line("s", seconds(60, i -> i))), markers);

    assertThat(Page.builder().plot(plot).build().toHtml())
        .containsPattern("<text class=\"marker\" [^>]* y=\"12\"[^>]*>1 fault injected")
        .containsPattern("<text class=\"marker\" [^>]* y=\"29\"[^>]*>2 ended");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1,
        -1,
        1e300,
        -1e300,
        1e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        1e15 + 1
      })
  void plot_strangeValues_neverBreakTheDrawing(double value) {
    var series = Series.line("x", seconds(3, i -> i == 1 ? value : 1e15));
    var flat = Series.line("x", seconds(3, i -> value));

    for (var each : List.of(series, flat)) {
      assertThat(page(each).toHtml()).doesNotContain("NaN", "Infinity", "\ufffd");
      assertThat(page(each).toText(100)).doesNotContain("NaN", "Infinity", "\ufffd");
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "999", "60_000", "600_000", "86_400_000", "9_999_999_999", "99_999_999_999_999"})
  void ticks_anySpan_areFewAndInside(String span) {
    long millis = Long.parseLong(span.replace("_", ""));

    var ticks = PlotTimes.ticks(START.toEpochMilli(), START.toEpochMilli() + millis, 5);

    assertThat(ticks).hasSizeBetween(0, 7);
    assertThat(ticks).allMatch(tick -> tick.at() >= 0 && tick.at() <= 1);
  }

  @Test
  void valueTicks_areRoundAndHoldAllValues() {
    var plot = new Plot("t", "", List.of(Series.line("s", seconds(98, i -> i))), List.of());

    assertThat(new PlotView(plot).valueTicks())
        .extracting(PlotTimes.Tick::label)
        .containsExactly("0", "50", "100");
  }

  @Test
  void valueTicks_valuesFarFromZero_showTheMovement() {
    var plot = new Plot("t", "", List.of(Series.line("s", seconds(9, i -> 480 + i))), List.of());

    assertThat(new PlotView(plot).valueTicks())
        .extracting(PlotTimes.Tick::label)
        .containsExactly("480", "482", "484", "486", "488");
  }

  @Test
  void valueTicks_aroundZero_countThroughZeroItself() {
    var plot =
        new Plot("t", "", List.of(Series.line("s", seconds(4, i -> -0.3 + 0.2 * i))), List.of());

    assertThat(new PlotView(plot).valueTicks())
        .extracting(PlotTimes.Tick::label)
        .containsExactly("-0.4", "-0.2", "0", "0.2", "0.4");
  }

  @Test
  void plot_valuesCloseTogether_areNotRoundedIntoOne() {
    var plot =
        new Plot(
            "availability",
            "%",
            List.of(Series.line("s", seconds(9, i -> 99.99 + 0.001 * i))),
            List.of());

    assertThat(new PlotView(plot).valueTicks())
        .extracting(PlotTimes.Tick::label)
        .containsExactly("99.99", "99.992", "99.994", "99.996", "99.998");
    assertThat(Page.builder().plot(plot).build().toText(100)).contains("min 99.99, max 99.998");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0;0", "0.2;0.2", "-0.25;-0.25", "12.3456;12.35", "1234.5;1,234", "1e13;1.00e+13"})
  void number_smallAndLarge_keepsFourDigits(double value, String expected) {
    var wide = new Plot("t", "", List.of(Series.line("s", seconds(9, i -> 500 * i))), List.of());

    assertThat(new PlotView(wide).number(value)).isEqualTo(expected);
  }

  @Test
  void point_timeThatNoCalendarHolds_isRefused() {
    assertThatThrownBy(() -> new Point(Instant.MAX, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Marker(Instant.MIN, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Page page(Series series) {
    return Page.builder().plot(new Plot("t", "u", List.of(series), List.of())).build();
  }
}
