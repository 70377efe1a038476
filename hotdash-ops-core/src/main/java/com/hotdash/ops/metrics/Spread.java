package com.hotdash.ops.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One value of each machine that can't be merged, such as a summary's quantile or a maximum: the
 * range, and who is worst.
 *
 * @param name the sample's name
 * @param lowest the lowest value of any series
 * @param highest the highest value of any series
 * @param worst the machine with the highest value
 * @param series how many values there are
 */
public record Spread(String name, double lowest, double highest, String worst, int series) {
  /**
   * Collects the values of a summary's quantile. They cover the span that the process chose, not a
   * window of ours.
   *
   * @param scrapes one for each machine
   * @param summary the summary's name
   * @param quantile which quantile, compared as a number
   * @return the range, or empty if nobody exports it as a number
   */
  public static Optional<Spread> ofQuantile(List<Scrape> scrapes, String summary, double quantile) {
    return of(
        scrapes,
        summary,
        labels -> labels.value("quantile").map(Numbers::ofLabel).orElse(Double.NaN) == quantile);
  }

  /**
   * Collects the values of a gauge, such as {@code http_server_requests_seconds_max}.
   *
   * @param scrapes one for each machine
   * @param gauge the gauge's name
   * @return the range, or empty if nobody exports it as a number
   */
  public static Optional<Spread> ofGauge(List<Scrape> scrapes, String gauge) {
    return of(scrapes, gauge, labels -> true);
  }

  private static Optional<Spread> of(List<Scrape> scrapes, String name, Predicate<Labels> kept) {
    double lowest = Double.NaN;
    double highest = Double.NaN;
    var worst = "";
    int series = 0;
    for (var scrape : scrapes) {
      for (var sample : scrape.exposition().samples(name)) {
        double value = sample.value();
        if (Double.isNaN(value) || !kept.test(sample.labels())) {
          continue;
        }
        lowest = series == 0 ? value : Math.min(lowest, value);
        if (series == 0 || value > highest) {
          highest = value;
          worst = scrape.instance();
        }
        series++;
      }
    }
    return series == 0
        ? Optional.empty()
        : Optional.of(new Spread(name, lowest, highest, worst, series));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s to %s, worst on %s (%,d values, which can't be merged)",
        name,
        Numbers.text(lowest),
        Numbers.text(highest),
        worst,
        series);
  }
}
