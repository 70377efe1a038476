package com.hotdash.ops.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells by a job's name what it is for. The first word that the name holds decides, in the order
 * given; letter case does not count. A matrix ({@code build (20.x)}) and a reusable workflow
 * ({@code caller / callee}) are told by the same words.
 *
 * @param words a part of a job's name, and the phase that it means
 */
public record Phases(Map<String, Phase> words) {
  /** HotDash's own job names, and the usual ones. */
  public static final Phases DEFAULT =
      new Phases(
          ordered(
              Map.entry("rollback", Phase.ROLLBACK),
              Map.entry("pre-deploy", Phase.PRE_DEPLOY),
              Map.entry("health", Phase.HEALTH),
              Map.entry("verify", Phase.HEALTH),
              Map.entry("smoke", Phase.HEALTH),
              Map.entry("validate", Phase.PRE_DEPLOY),
              Map.entry("post-deploy", Phase.HEALTH),
              Map.entry("deploy", Phase.DEPLOY),
              Map.entry("build", Phase.BUILD),
              Map.entry("lint", Phase.BUILD),
              Map.entry("typecheck", Phase.BUILD),
              Map.entry("test", Phase.BUILD)));

  /** Copies the words in their order. */
  public Phases {
    words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
  }

  /**
   * Tells what a job is for.
   *
   * @param job the job's name
   * @return its phase, {@link Phase#OTHER} if no word fits
   */
  public Phase of(String job) {
    var name = job.toLowerCase(Locale.ROOT);
    for (var word : words.entrySet()) {
      if (name.contains(word.getKey().toLowerCase(Locale.ROOT))) {
        return word.getValue();
      }
    }
    return Phase.OTHER;
  }

  @SafeVarargs
  private static Map<String, Phase> ordered(Map.Entry<String, Phase>... entries) {
    var map = new LinkedHashMap<String, Phase>();
    for (var entry : entries) {
      map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }
}
