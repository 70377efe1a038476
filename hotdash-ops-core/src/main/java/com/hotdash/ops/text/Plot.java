package com.hotdash.ops.text;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Values over time, all in one unit and on one scale: two units make two plots. Immutable.
 *
 * <p>Any number of points may be given; about 1,000 of a series are drawn, and the lowest and the
 * highest are always among them. The first {@value #SERIES_DRAWN} series and the first {@value
 * #MARKERS_DRAWN} markers are drawn, and the plot says how many were left out.
 *
 * @param title what is shown
 * @param unit the unit of every value, such as {@code req/s}; empty if there is none
 * @param series the series; may be empty
 * @param markers moments to point out
 */
public record Plot(String title, String unit, List<Series> series, List<Marker> markers) {
  /** How many series are drawn. */
  public static final int SERIES_DRAWN = 12;

  /** How many markers are drawn. */
  public static final int MARKERS_DRAWN = 20;

  /** Copies the lists. */
  public Plot {
    series = List.copyOf(series);
    markers = List.copyOf(markers);
  }

  /**
   * One named row of values.
   *
   * @param name its name in the legend
   * @param steps whether a value holds until the next one, as a count of machines does; otherwise
   *     points are joined by straight lines
   * @param points the values; put in order of time
   */
  public record Series(String name, boolean steps, List<Point> points) {
    /** Copies the points, in order of time. */
    public Series {
      points = points.stream().sorted(Comparator.comparing(Point::at)).toList();
    }

    /**
     * Makes a series whose points are joined by lines.
     *
     * @param name its name in the legend
     * @param points the values
     * @return the series
     */
    public static Series line(String name, List<Point> points) {
      return new Series(name, false, points);
    }

    /**
     * Makes a series whose values hold until the next one.
     *
     * @param name its name in the legend
     * @param points the values
     * @return the series
     */
    public static Series steps(String name, List<Point> points) {
      return new Series(name, true, points);
    }
  }

  /**
   * One value.
   *
   * @param at when it was, in the years 0 to 9999
   * @param value the value; {@code NaN}, infinite and beyond ±1e300 are a gap in the line
   */
  public record Point(Instant at, double value) {
    /** Checks the time. */
    public Point {
      PlotTimes.check(at);
    }

    boolean gap() {
      // Written so that NaN is a gap too.
      return !(Math.abs(value) <= 1e300);
    }
  }

  /**
   * A moment to point out.
   *
   * @param at when it was, in the years 0 to 9999
   * @param label what happened, such as {@code fault injected}
   */
  public record Marker(Instant at, String label) {
    /** Checks the time. */
    public Marker {
      PlotTimes.check(at);
    }
  }

  Plot map(UnaryOperator<String> change) {
    return new Plot(
        change.apply(title),
        change.apply(unit),
        series.stream()
            .map(one -> new Series(change.apply(one.name()), one.steps(), one.points()))
            .toList(),
        markers.stream().map(one -> new Marker(one.at(), change.apply(one.label()))).toList());
  }
}
