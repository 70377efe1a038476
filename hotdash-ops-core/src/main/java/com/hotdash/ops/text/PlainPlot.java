package com.hotdash.ops.text;

import com.hotdash.ops.text.Plot.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws a plot with the block characters of a terminal. */
final class PlainPlot {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int WIDEST = 60;
  private static final int NARROWEST = 20;
  private static final int BORDERS = 5;

  private final PlotView view;
  private final int width;
  private final int names;
  private final int bars;

  PlainPlot(PlotView view, int width) {
    this.view = view;
    this.width = width;
    names =
        Math.min(
            width / 4,
            view.series.stream()
                .mapToInt(one -> TerminalWidth.of(Visible.line(one.name())))
                .max()
                .orElse(0));
    int summary = view.series.stream().mapToInt(one -> view.summary(one).length()).max().orElse(0);
    int beside = width - names - summary - BORDERS;
    bars = Math.min(WIDEST, beside >= NARROWEST ? beside : width - names - BORDERS);
  }

  List<String> lines() {
    var lines = new ArrayList<>(TerminalWidth.wrap("", head(), width));
    if (view.empty()) {
      lines.add("  (no values)");
    } else {
      view.series.forEach(one -> addSeries(one, lines));
    }
    addMarkers(lines);
    if (!view.leftOut().isEmpty()) {
      lines.addAll(TerminalWidth.wrap("  ", view.leftOut(), width));
    }
    return lines;
  }

  private String head() {
    return view.empty() && view.markers.isEmpty()
        ? view.title()
        : view.title() + " · " + PlotTimes.span(view.from, view.to);
  }

  private void addSeries(Series one, List<String> lines) {
    var name = TerminalWidth.cut(Visible.line(one.name()), names);
    var line = new StringBuilder("  ").append(TerminalWidth.padRight(name, names)).append(' ');
    for (double value : PlotSampling.highest(one, view, bars)) {
      line.append(bar(value));
    }
    var summary = view.summary(one);
    if (TerminalWidth.of(line.toString()) + 2 + summary.length() <= width) {
      lines.add(line.append("  ").append(summary).toString());
    } else {
      lines.add(line.toString().stripTrailing());
      lines.addAll(TerminalWidth.wrap("    ", summary, width));
    }
  }

  private char bar(double value) {
    if (Double.isNaN(value)) {
      return ' ';
    }
    return BARS.charAt(Math.min(BARS.length() - 1, (int) (view.y(value) * BARS.length())));
  }

  private void addMarkers(List<String> lines) {
    if (view.markers.isEmpty()) {
      return;
    }
    var row = new char[bars];
    Arrays.fill(row, ' ');
    for (int i = 0; i < view.markers.size(); i++) {
      int at = Math.min(bars - 1, (int) (view.x(view.markers.get(i).at()) * bars));
      row[at] = row[at] == ' ' && i < 9 ? (char) ('1' + i) : '+';
    }
    if (!view.empty()) {
      lines.add((" ".repeat(names + 3) + new String(row)).stripTrailing());
    }
    for (int i = 0; i < view.markers.size(); i++) {
      var marker = view.markers.get(i);
      var lead = "  " + (i + 1) + " ";
      var text = view.time(marker.at()) + " " + Visible.line(marker.label());
      lines.addAll(TerminalWidth.wrap(lead, text, width));
    }
  }
}
