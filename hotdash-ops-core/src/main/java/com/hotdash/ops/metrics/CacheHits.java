package com.hotdash.ops.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How often a cache had what was asked of it.
 *
 * @param cache its name
 * @param hits how often it had it
 * @param misses how often it had not
 */
public record CacheHits(String cache, double hits, double misses) {
  /**
   * Works the hits out, one for each cache.
   *
   * @param increases what grew
   * @param names how the application calls its metrics
   * @return the caches, sorted by name; empty if none is exported
   */
  public static List<CacheHits> of(Increases increases, MetricNames names) {
    var hits = Merged.by(increases.of(names.cacheHits()), l -> cache(l, names));
    var misses = Merged.by(increases.of(names.cacheMisses()), l -> cache(l, names));
    var caches = new TreeSet<>(hits.keySet());
    caches.addAll(misses.keySet());
    var all = new ArrayList<CacheHits>();
    for (var cache : caches) {
      all.add(
          new CacheHits(
              cache,
              Merged.sum(hits.getOrDefault(cache, List.of())),
              Merged.sum(misses.getOrDefault(cache, List.of()))));
    }
    return List.copyOf(all);
  }

  private static String cache(Labels labels, MetricNames names) {
    return labels.value(names.cacheLabel()).orElse("");
  }

  /**
   * Returns the ratio of hits.
   *
   * @return 0 to 1, or NaN if it was not asked
   */
  public double ratio() {
    return hits / (hits + misses);
  }

  @Override
  public String toString() {
    return hits + misses > 0
        ? String.format(
            Locale.ROOT,
            "%s: %.1f %% hits of %s",
            cache,
            ratio() * 100,
            Numbers.text(hits + misses))
        : cache + ": no data";
  }
}
