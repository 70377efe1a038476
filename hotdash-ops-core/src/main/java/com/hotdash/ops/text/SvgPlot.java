package com.hotdash.ops.text;

import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a plot as SVG that fills any width: places across are in percent and letters keep their
 * size, so that it reads as well on a phone as on a wall.
 */
final class SvgPlot {
  private static final int SPANS = 200;
  private static final int COLOURS = 6;
  private static final int DASHES = 4;
  private static final int HEIGHT = 180;
  private static final int ROW = 17;
  private static final int LABEL_LETTERS = 26;
  // Marker labels keep apart as if the plot were as narrow as on a phone, about 340 px.
  private static final double LETTER = 6.6 / 340;

  private final PlotView view;
  private final StringBuilder out;
  private final List<Label> labels;
  private final int top;
  private final int gutter;

  SvgPlot(PlotView view, StringBuilder out) {
    this.view = view;
    this.out = out;
    labels = place(view.markers, view);
    gutter =
        12 + 7 * view.valueTicks().stream().mapToInt(tick -> tick.label().length()).max().orElse(0);
    top = 12 + ROW * labels.stream().mapToInt(label -> label.row() + 1).max().orElse(0);
  }

  /** Writes the figure and leaves it open, for what else belongs into it. */
  void write() {
    out.append("<figure>\n<figcaption><b>").append(HtmlEscape.line(view.title())).append("</b>");
    if (view.empty() && view.markers.isEmpty()) {
      out.append("</figcaption>\n<p class=\"none\">no values</p>\n");
      return;
    }
    out.append(" <span>").append(PlotTimes.span(view.from, view.to));
    out.append("</span></figcaption>\n");
    int bottom = top + HEIGHT;
    add(
        "<svg role=\"img\" height=\"%d\" aria-label=\"%s\"",
        bottom + 22, HtmlEscape.line(view.title()));
    add(" style=\"margin-left:%dpx;width:calc(100%% - %1$dpx)\">\n", gutter);
    grid(bottom);
    drawLines();
    labels.forEach(label -> marker(label, bottom));
    out.append("</svg>\n");
    legend();
  }

  private void grid(int bottom) {
    for (var tick : view.valueTicks()) {
      double y = top + HEIGHT * (1 - tick.at());
      add("<line class=\"grid\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>\n", y, y);
      add("<text x=\"-6\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", y + 4, tick.label());
    }
    for (var tick : PlotTimes.ticks(view.from, view.to, 5)) {
      double x = 100 * tick.at();
      add(
          "<line class=\"grid\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>\n",
          x, x, bottom, bottom + 5);
      var anchor = x < 8 ? "start" : x > 92 ? "end" : "middle";
      add(
          "<text x=\"%.2f%%\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
          x, bottom + 18, anchor, tick.label());
    }
  }

  private void drawLines() {
    add("<svg y=\"%d\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 1000 1000\"", top, HEIGHT);
    out.append(" preserveAspectRatio=\"none\" overflow=\"visible\">\n");
    for (int i = 0; i < view.series.size(); i++) {
      path(i, view.series.get(i));
    }
    out.append("</svg>\n");
  }

  private void path(int index, Series series) {
    var line = new StringBuilder();
    var dots = new StringBuilder();
    var points = PlotSampling.thin(series, view, SPANS);
    for (int i = 0; i < points.size(); i++) {
      var point = points.get(i);
      if (point.gap()) {
        continue;
      }
      boolean joins = i > 0 && !points.get(i - 1).gap();
      boolean joined = i + 1 < points.size() && !points.get(i + 1).gap();
      if (joins || joined) {
        line.append(
            joins
                ? (series.steps() ? "H" + x(point) + "V" + y(point) : "L" + xy(point))
                : "M" + xy(point));
      } else {
        dots.append("M").append(xy(point)).append("h.01");
      }
    }
    if (line.length() > 0) {
      add("<path class=\"series %s\" d=\"%s\"/>\n", look(index), line);
    }
    if (dots.length() > 0) {
      add("<path class=\"series dots c%d\" d=\"%s\"/>\n", index % COLOURS, dots);
    }
  }

  private void marker(Label label, int bottom) {
    double x = 100 * label.x();
    int y = 12 + ROW * label.row();
    add(
        "<line class=\"marker\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>\n",
        x, x, y - 10, bottom);
    add(
        "<text class=\"marker\" x=\"%.2f%%\" y=\"%d\" dx=\"%d\" text-anchor=\"%s\">%s</text>\n",
        x, y, label.left() ? -4 : 4, label.left() ? "end" : "start", HtmlEscape.line(label.text()));
  }

  private void legend() {
    out.append("<ul class=\"legend\">\n");
    for (int i = 0; i < view.series.size(); i++) {
      var one = view.series.get(i);
      out.append("<li><svg width=\"28\" height=\"10\" aria-hidden=\"true\"><path class=\"series ");
      out.append(look(i))
          .append("\" d=\"M0 5H28\"/></svg> <b>")
          .append(HtmlEscape.line(one.name()));
      out.append("</b> <span>").append(view.summary(one)).append("</span></li>\n");
    }
    for (int i = 0; i < view.markers.size(); i++) {
      var one = view.markers.get(i);
      add(
          "<li><b class=\"marker\">%d</b> <span>%s</span> %s</li>\n",
          i + 1, view.time(one.at()), HtmlEscape.line(one.label()));
    }
    if (!view.leftOut().isEmpty()) {
      out.append("<li>").append(view.leftOut()).append("</li>\n");
    }
    out.append("</ul>\n");
  }

  private static List<Label> place(List<Marker> markers, PlotView view) {
    var labels = new ArrayList<Label>();
    for (int i = 0; i < markers.size(); i++) {
      var text =
          TerminalWidth.cut((i + 1) + " " + Visible.line(markers.get(i).label()), LABEL_LETTERS);
      double x = view.x(markers.get(i).at());
      double wide = LETTER * (TerminalWidth.of(text) + 2);
      boolean left = x > 0.5 && x + wide > 1;
      double start = left ? x - wide : x;
      int row = 0;
      while (crowded(labels, row, start, start + wide)) {
        row++;
      }
      labels.add(new Label(x, start, start + wide, row, left, text));
    }
    return labels;
  }

  private static boolean crowded(List<Label> labels, int row, double start, double end) {
    return labels.stream()
        .anyMatch(other -> other.row() == row && other.start() < end && start < other.end());
  }

  private static String look(int index) {
    return "c" + index % COLOURS + " d" + index % DASHES;
  }

  private String xy(Point point) {
    return x(point) + " " + y(point);
  }

  private String x(Point point) {
    return String.format(Locale.ROOT, "%.1f", 1000 * view.x(point.at()));
  }

  private String y(Point point) {
    return String.format(Locale.ROOT, "%.1f", 1000 * (1 - view.y(point.value())));
  }

  private void add(String element, Object... values) {
    out.append(String.format(Locale.ROOT, element, values));
  }

  /** Where a marker's label stands: from start to end across, on a row, on the left of its line. */
  private record Label(double x, double start, double end, int row, boolean left, String text) {}
}
