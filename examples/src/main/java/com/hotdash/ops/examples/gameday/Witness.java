package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.examples.gameday.Customers.Second;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the customers saw, as figures and plots of a drill. */
final class Witness {
  // A machine that was updated last still answers as before while its image is fetched.
  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final Duration BUCKET = Duration.ofSeconds(15);
  private static final Duration MARGIN = Duration.ofMinutes(3);

  private Witness() {}

  /** Nobody may be turned away by the cure, and nobody fails after it. */
  static void fared(Customers customers, Instant struck, Instant cured, DrillResult result) {
    var all = customers.since(struck);
    long unserved = all.stream().mapToInt(Second::unserved).sum();
    long late = customers.since(cured.plus(SETTLED)).stream().mapToInt(Second::failed).sum();
    result.require(late == 0, late + " requests failed after the cure");
    result.fared(
        "Customers",
        all.stream().mapToInt(Second::requests).sum()
            + " requests since the fault, "
            + all.stream().mapToInt(Second::failed).sum()
            + " failed, "
            + late
            + " of them after the cure; "
            + unserved
            + " found no machine",
        unserved + late);
  }

  /** The seconds that a plot shows: from shortly before the fault to shortly after the cure. */
  static List<Second> shown(Customers customers, Instant struck, Instant cured) {
    return customers.since(struck.minus(MARGIN)).stream()
        .filter(second -> !second.at().isAfter(cured.plus(MARGIN)))
        .toList();
  }

  /** The same of what a drill itself kept. */
  static List<Point> shown(List<Point> points, Instant struck, Instant cured) {
    return points.stream()
        .filter(point -> point.at().isAfter(struck.minus(MARGIN)))
        .filter(point -> !point.at().isAfter(cured.plus(MARGIN)))
        .toList();
  }

  static Plot failures(List<Second> seconds) {
    var share = new ArrayList<Point>();
    int each = Math.toIntExact(BUCKET.toSeconds());
    for (int i = 0; i + each <= seconds.size(); i += each) {
      var bucket = seconds.subList(i, i + each);
      double requests = bucket.stream().mapToInt(Second::requests).sum();
      double failed = bucket.stream().mapToInt(Second::failed).sum();
      share.add(new Point(bucket.get(each - 1).at(), 100 * failed / requests));
    }
    return new Plot(
        "Requests that failed, as customers saw it",
        "%",
        List.of(Series.line("failed in 15 s", share)),
        List.of());
  }

  static Plot machines(List<Second> seconds, int release) {
    var running = new ArrayList<Point>();
    var on = new ArrayList<Point>();
    for (var second : seconds) {
      running.add(new Point(second.at(), second.releases().size()));
      on.add(
          new Point(
              second.at(),
              second.releases().stream().filter(version -> version == release).count()));
    }
    return new Plot(
        "Machines",
        "",
        List.of(Series.steps("running", running), Series.steps("running release " + release, on)),
        List.of());
  }
}
