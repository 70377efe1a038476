package com.hotdash.ops.text;

import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Pages that several tests look at. */
final class PageFixtures {
  static final Instant START = Instant.parse("2026-11-23T14:02:00Z");

  private PageFixtures() {}

  /** Makes one point a second. */
  static List<Point> seconds(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Point(START.plusSeconds(i), value.applyAsDouble(i)))
        .toList();
  }

  /** A page with each kind of block, in which every text is the given one. */
  static Page everywhere(String text) {
    return Page.builder()
        .heading(1, text)
        .paragraph(text)
        .callout(Tone.BAD, text, text)
        .bullets(List.of(text))
        .fact(text, text)
        .table(List.of(Column.text(text), Column.number(text)), List.of(List.of(text, text)))
        .code("sh", text)
        .plot(
            new Plot(
                text,
                text,
                List.of(Series.line(text, seconds(3, i -> i))),
                List.of(new Marker(START, text))))
        .append(Page.builder().heading(1, text).build())
        .build();
  }

  static Page report() {
    return Page.builder()
        .heading(1, "High error rate")
        .callout(Tone.BAD, "PROBLEM", "5xx at 12.4 % since v118")
        .callout(Tone.UNSURE, "UNKNOWN", "logs: not permitted")
        .paragraph("Release v118 went out 40 s before the first failure.")
        .code("java", "ops.highErrorRate().rollBack().plan()")
        .heading(2, "Evidence")
        .fact("app", "hotdash-production")
        .fact("window", "10 min")
        .table(
            List.of(Column.text("machine"), Column.number("MB")),
            List.of(List.of("9080e", "1,024"), List.of("148e2", "512")))
        .bullets(List.of("first", "second"))
        .plot(
            new Plot(
                "Failures",
                "req/s",
                List.of(Series.line("5xx", seconds(61, i -> i < 30 ? 1 : 8))),
                List.of(new Marker(START.plusSeconds(30), "fault injected"))))
        .build();
  }
}
