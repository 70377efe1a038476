package com.hotdash.ops.metrics;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which share of requests ended with a server error. 4xx are shown and are no errors; probes are
 * left out on both sides.
 *
 * @param metric the metric it was worked out of; empty if none is exported
 * @param errors requests that ended with 5xx or an exception
 * @param total all requests, probes apart
 * @param classes requests by {@code 2xx} … {@code 5xx}, {@code exception}, {@code unknown}
 * @param routes the routes with most errors, ids taken out, at most ten
 * @param window over which time
 * @param complete whether every machine was compared as a whole, and every request named its route,
 *     without which probes could not be left out
 * @param coverage which machines, and what is missing
 */
public record ErrorShare(
    String metric,
    double errors,
    double total,
    Map<String, Double> classes,
    List<Route> routes,
    Duration window,
    boolean complete,
    String coverage) {
  private static final int TOP = 10;

  /** Copies the collections. */
  public ErrorShare {
    classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    routes = List.copyOf(routes);
  }

  /**
   * Errors of one route.
   *
   * @param route the route, ids taken out
   * @param errors how many requests failed
   * @param total how many there were
   */
  public record Route(String route, double errors, double total) {}

  /**
   * Works the share out.
   *
   * @param increases what grew
   * @param names how the application calls its metrics
   * @return the share; without data {@link #share} is NaN
   */
  public static ErrorShare of(Increases increases, MetricNames names) {
    var classes = new TreeMap<String, Double>();
    var errorsOf = new TreeMap<String, Double>();
    var totalOf = new TreeMap<String, Double>();
    double errors = 0;
    double total = 0;
    var requests = increases.firstOf(names.requests());
    for (var one : requests) {
      if (names.probe(one.labels())) {
        continue;
      }
      var ended = StatusClass.of(names.status(one.labels()));
      var route = names.route(one.labels());
      total += one.amount();
      classes.merge(ended, one.amount(), Double::sum);
      totalOf.merge(route, one.amount(), Double::sum);
      if (StatusClass.error(ended)) {
        errors += one.amount();
        errorsOf.merge(route, one.amount(), Double::sum);
      }
    }
    classes.values().removeIf(count -> count == 0);
    var routes =
        errorsOf.entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(TOP)
            .map(e -> new Route(e.getKey(), e.getValue(), totalOf.getOrDefault(e.getKey(), 0.0)))
            .toList();
    var metric = requests.isEmpty() ? "" : requests.get(0).name();
    var silent = increases.without(names.requests());
    var unrouted = Merged.unrouted(requests, names);
    boolean whole =
        increases.complete()
            && silent.isEmpty()
            && unrouted.isEmpty()
            && requests.stream().noneMatch(Increase::lowerBound);
    return new ErrorShare(
        metric,
        errors,
        total,
        classes,
        routes,
        increases.window(),
        whole,
        increases.coverage() + Merged.lacking(silent, "metric of requests") + unrouted);
  }

  /**
   * Says that something is missing of which the increases know nothing, such as a machine that was
   * never read.
   *
   * @param missing what is missing
   * @return the same share, not complete
   */
  public ErrorShare lacking(String missing) {
    return new ErrorShare(
        metric, errors, total, classes, routes, window, false, coverage + "; " + missing);
  }

  /**
   * Returns the share.
   *
   * @return 0 to 1, or NaN if there was no request
   */
  public double share() {
    return errors / total;
  }

  /**
   * Judges the share, see {@link Binomial#judge}.
   *
   * @param threshold the share that is still good, such as 0.05
   * @return {@link Verdict#OK} only if every machine was compared, and requests of unknown end
   *     would not change it
   */
  public Verdict verdict(double threshold) {
    var verdict = Binomial.judge(errors, total, threshold);
    double atWorst = errors + classes.getOrDefault(StatusClass.UNKNOWN, 0.0);
    boolean sure = complete && Binomial.judge(atWorst, total, threshold) == Verdict.OK;
    return verdict == Verdict.OK && !sure ? Verdict.UNKNOWN : verdict;
  }

  @Override
  public String toString() {
    var page = Page.builder();
    if (!(total > 0)) {
      page.paragraph("error share: no data (" + (metric.isEmpty() ? "no metric" : metric) + ")");
    } else {
      page.paragraph(
          String.format(
              Locale.ROOT,
              "error share: %.2f %% (%s of %s requests), %s",
              share() * 100,
              Numbers.text(errors),
              Numbers.text(total),
              metric));
      classes.forEach((name, count) -> page.fact(name, Numbers.text(count)));
    }
    if (!routes.isEmpty()) {
      page.table(
          List.of(Column.text("route"), Column.number("errors"), Column.number("requests")),
          routes.stream()
              .map(r -> List.of(r.route(), Numbers.text(r.errors()), Numbers.text(r.total())))
              .toList());
    }
    page.paragraph(coverage);
    return page.build().redacted(Redactor.SHAPES).toString();
  }
}
