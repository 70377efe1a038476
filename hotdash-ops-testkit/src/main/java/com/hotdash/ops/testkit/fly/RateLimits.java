package com.hotdash.ops.testkit.fly;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One request a second for each action on each identifier, bursts up to 3; getting one machine 5 a
 * second, bursts up to 10. Not thread-safe: used under the world's lock.
 */
final class RateLimits {
  private final Map<String, Bucket> buckets = new HashMap<>();

  /** Returns whether the request may go on; a refused one costs nothing. */
  boolean take(String action, String identifier, Instant now) {
    boolean get = action.equals("machine.get");
    var bucket =
        buckets.computeIfAbsent(
            action + ' ' + identifier, key -> new Bucket(get ? 10 : 3, get ? 5 : 1, now));
    return bucket.take(now);
  }

  private static final class Bucket {
    private final int burst;
    private final int perSecond;
    private double tokens;
    private Instant last;

    private Bucket(int burst, int perSecond, Instant now) {
      this.burst = burst;
      this.perSecond = perSecond;
      this.tokens = burst;
      this.last = now;
    }

    private boolean take(Instant now) {
      double seconds = Math.max(0, Duration.between(last, now).toNanos() / 1e9);
      tokens = Math.min(burst, tokens + seconds * perSecond);
      last = now;
      // A request a second apart must pass although the sum of fractions may fall short of 1.
      if (tokens < 1 - 1e-9) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
