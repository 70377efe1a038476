package com.hotdash.ops.text;

import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes few points out of many without losing what matters. */
final class PlotSampling {
  private PlotSampling() {}

  /**
   * Takes the highest value of each of some equal spans. A span without a point takes what the line
   * through it shows; {@code NaN} is where there is no line.
   */
  static double[] highest(Series series, PlotView view, int spans) {
    var row = new double[spans];
    Arrays.fill(row, Double.NaN);
    Point before = null;
    for (var point : series.points()) {
      if (point.gap()) {
        before = null;
        continue;
      }
      int span = span(point, view, spans);
      if (before != null) {
        for (int i = span(before, view, spans) + 1; i < span; i++) {
          row[i] = between(before, point, series.steps(), view, (i + 0.5) / spans);
        }
      }
      row[span] = Double.isNaN(row[span]) ? point.value() : Math.max(row[span], point.value());
      before = point;
    }
    return row;
  }

  /**
   * Keeps the first, lowest, highest and last point of each span, and its first gap: a line drawn
   * through these fills the same pixels as one through all.
   */
  static List<Point> thin(Series series, PlotView view, int spans) {
    var points = series.points();
    if (points.size() <= 4 * spans) {
      return points;
    }
    var kept = new ArrayList<Point>();
    int start = 0;
    while (start < points.size()) {
      int span = span(points.get(start), view, spans);
      int end = start;
      while (end < points.size() && span(points.get(end), view, spans) == span) {
        end++;
      }
      keep(points, start, end, kept);
      start = end;
    }
    return kept;
  }

  private static void keep(List<Point> points, int start, int end, List<Point> kept) {
    var chosen = new TreeSet<>(List.of(start));
    chosen.add(end - 1);
    @Nullable Integer lowest = null;
    @Nullable Integer highest = null;
    @Nullable Integer gap = null;
    for (int i = start; i < end; i++) {
      if (points.get(i).gap()) {
        gap = gap == null ? i : gap;
        continue;
      }
      double value = points.get(i).value();
      lowest = lowest == null || value < points.get(lowest).value() ? i : lowest;
      highest = highest == null || value > points.get(highest).value() ? i : highest;
    }
    for (var index : new @Nullable Integer[] {lowest, highest, gap}) {
      if (index != null) {
        chosen.add(index);
      }
    }
    chosen.forEach(index -> kept.add(points.get(index)));
  }

  private static int span(Point point, PlotView view, int spans) {
    return Math.min(spans - 1, (int) (view.x(point.at()) * spans));
  }

  private static double between(Point a, Point b, boolean steps, PlotView view, double x) {
    if (steps) {
      return a.value();
    }
    double left = view.x(a.at());
    double part = (x - left) / (view.x(b.at()) - left);
    return a.value() * (1 - part) + b.value() * part;
  }
}
