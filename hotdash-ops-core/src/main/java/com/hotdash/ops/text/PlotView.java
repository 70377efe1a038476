package com.hotdash.ops.text;

import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import com.hotdash.ops.text.PlotTimes.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a plot shows of its values: the part that is drawn, the time axis and the value axis. */
final class PlotView {
  private static final long ALONE_MILLIS = 30_000;
  private static final int VALUE_STEPS = 4;
  private static final int MOST_DECIMALS = 9;

  final Plot plot;
  final List<Series> series;
  final List<Marker> markers;
  final long from;
  final long to;
  private final double low;
  private final double step;
  private final int steps;

  PlotView(Plot plot) {
    this.plot = plot;
    series = plot.series().stream().limit(Plot.SERIES_DRAWN).toList();
    markers = plot.markers().stream().limit(Plot.MARKERS_DRAWN).toList();

    long[] times =
        Stream.concat(
                series.stream().flatMap(one -> one.points().stream()).map(Point::at),
                markers.stream().map(Marker::at))
            .mapToLong(Instant::toEpochMilli)
            .sorted()
            .toArray();
    long first = times.length == 0 ? 0 : times[0];
    long last = times.length == 0 ? 0 : times[times.length - 1];
    from = first == last ? first - ALONE_MILLIS : first;
    to = first == last ? last + ALONE_MILLIS : last;

    var all = new DoubleSummaryStatistics();
    series.forEach(one -> all.combine(values(one)));
    double least = all.getCount() == 0 ? 0 : all.getMin();
    double most = all.getCount() == 0 ? 0 : all.getMax();
    boolean flat = most - least <= Math.max(Math.abs(most), Math.abs(least)) * 1e-9;
    // An axis that starts at 0 does not exaggerate; one that must would hide all movement.
    double bottom = flat ? Math.min(0, least) : least >= 0 && least <= most / 2 ? 0 : least;
    double top = flat ? Math.max(0, most) : most;
    if (top - bottom < 1e-290) {
      top = bottom + 1;
    }
    step = round((top - bottom) / VALUE_STEPS);
    low = Math.floor(bottom / step) * step;
    steps = (int) Math.max(1, Math.ceil((top - low) / step - 1e-9));
  }

  boolean empty() {
    return series.stream().allMatch(one -> values(one).getCount() == 0);
  }

  /** Where a moment stands, from 0 at the left to 1 at the right. */
  double x(Instant at) {
    return (double) (at.toEpochMilli() - from) / (to - from);
  }

  /** Where a value stands, from 0 at the bottom to 1 at the top. */
  double y(double value) {
    return Math.max(0, Math.min(1, (value - low) / (step * steps)));
  }

  List<Tick> valueTicks() {
    var ticks = new ArrayList<Tick>();
    for (int i = 0; i <= steps; i++) {
      // Counted in steps, since -0.3 + 3 * 0.1 is not 0.
      ticks.add(new Tick((double) i / steps, number(Math.rint(low / step + i) * step)));
    }
    return ticks;
  }

  String time(Instant at) {
    return PlotTimes.within(at.toEpochMilli(), from, to);
  }

  /** The title with its unit, safe to print but not escaped for any format. */
  String title() {
    return Visible.line(plot.title() + (plot.unit().isEmpty() ? "" : ", " + plot.unit()));
  }

  /** The lowest, highest and last value of a series. */
  String summary(Series one) {
    var values = values(one);
    if (values.getCount() == 0) {
      return "no values";
    }
    var drawn = one.points().stream().filter(point -> !point.gap()).toList();
    return "min %s, max %s, last %s"
        .formatted(
            number(values.getMin()),
            number(values.getMax()),
            number(drawn.get(drawn.size() - 1).value()));
  }

  /** What is not shown, or empty. */
  String leftOut() {
    int lines = plot.series().size() - series.size();
    int moments = plot.markers().size() - markers.size();
    var parts = new ArrayList<String>();
    if (lines > 0) {
      parts.add(lines + " more series");
    }
    if (moments > 0) {
      parts.add(moments + " more markers");
    }
    return parts.isEmpty() ? "" : "Not drawn: " + String.join(", ", parts) + ".";
  }

  /**
   * Writes a value as short as it can be without misleading: to four digits at least, and to a
   * hundredth of the scale's step, so that 99.995 on a scale from 99.99 does not become 100.
   */
  String number(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "–";
    }
    if (size == 0) {
      return "0";
    }
    if (size < 0.001 || size >= 1e12) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    int decimals = Math.max(3 - exponent(size), 2 - exponent(step));
    var rounded =
        new BigDecimal(value)
            .setScale(Math.max(0, Math.min(MOST_DECIMALS, decimals)), RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }

  private static int exponent(double value) {
    return (int) Math.floor(Math.log10(value));
  }

  private static DoubleSummaryStatistics values(Series one) {
    return one.points().stream()
        .filter(point -> !point.gap())
        .mapToDouble(Point::value)
        .summaryStatistics();
  }

  private static double round(double raw) {
    double power = Math.pow(10, exponent(raw));
    double lead = raw / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }
}
