package com.hotdash.ops.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * When too many errors began.
 *
 * @param at the beginning of the first bad span of the run that still lasts
 * @param atOrBefore whether the data begins with errors, so that they may be older
 */
public record Onset(Instant at, boolean atOrBefore) {
  /**
   * Finds the beginning of the errors that still last.
   *
   * @param traffic what was seen of requests
   * @param threshold the share of errors that is still good, 0 to 1; strictly more is too much
   * @return the onset, or empty if the newest span with requests is not bad
   */
  public static Optional<Onset> find(Traffic traffic, double threshold) {
    var busy = traffic.points().stream().filter(each -> each.requests() > 0).toList();
    int first = busy.size();
    // A single good span is a lull, two are an end.
    for (int i = busy.size() - 1, good = 0; i >= 0 && good < 2; i--) {
      boolean bad = busy.get(i).errors() > threshold * busy.get(i).requests();
      good = bad ? 0 : good + 1;
      first = bad ? i : first;
    }
    return first == busy.size()
        ? Optional.empty()
        : Optional.of(new Onset(busy.get(first).until().minus(traffic.step()), first == 0));
  }
}
