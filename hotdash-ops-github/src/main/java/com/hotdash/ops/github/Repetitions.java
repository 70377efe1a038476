package com.hotdash.ops.github;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts what people were not told, for the next time that they are. A thousand problems at most,
 * the one seen longest ago is forgotten first. Thread-safe.
 */
final class Repetitions {
  private static final int MOST = 1000;

  private final Map<Marker, Integer> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Marker, Integer> eldest) {
          return size() > MOST;
        }
      };

  synchronized int add(Marker marker) {
    return counts.merge(marker, 1, Integer::sum);
  }

  synchronized int count(Marker marker) {
    return counts.getOrDefault(marker, 0);
  }

  synchronized void clear(Marker marker) {
    counts.remove(marker);
  }
}
