package com.hotdash.ops.fly;

import com.hotdash.ops.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps within Fly's limits: one call a second for each action and identifier, with bursts of
 * three; for getting a machine five and ten. Thread-safe.
 *
 * @see <a href="https://fly.io/docs/machines/api/working-with-machines-api/#rate-limits">rate
 *     limits</a>
 */
final class Limiter {
  static final String GET_MACHINE = "machine.get";

  // A twentieth slower than allowed: calls that leave a second apart may arrive closer together.
  private static final Rate USUAL = new Rate(1_050_000_000L, 3);
  private static final Rate GETTING = new Rate(210_000_000L, 10);
  private static final int MOST_KEPT = 4096;

  private final Ticker ticker;
  private final Map<Key, Long> fullAt = new HashMap<>();

  Limiter(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Takes the next turn and returns how long to wait for it. Does not wait. A turn that comes later
   * than the caller can wait is not taken: it would hold up all who come after.
   */
  synchronized Duration reserve(String action, String identifier, Duration atMost) {
    long now = ticker.nanos();
    forgetFull(now);
    var key = new Key(action, identifier);
    var rate = action.equals(GET_MACHINE) ? GETTING : USUAL;
    long full = later(fullAt.getOrDefault(key, now), now);
    long turn = full - (rate.burst - 1) * rate.intervalNanos;
    var wait = Duration.ofNanos(Math.max(0, turn - now));
    if (wait.compareTo(atMost) <= 0) {
      fullAt.put(key, full + rate.intervalNanos);
    }
    return wait;
  }

  /** Fly said "too many": whoever asks for the same waits as well, and the burst is used up. */
  synchronized void refused(String action, String identifier, Duration wait) {
    var rate = action.equals(GET_MACHINE) ? GETTING : USUAL;
    long now = ticker.nanos();
    var key = new Key(action, identifier);
    long until = now + wait.toNanos() + (rate.burst - 1) * rate.intervalNanos;
    fullAt.put(key, later(fullAt.getOrDefault(key, now), until));
  }

  // Nothing is lost with those: an unknown bucket counts as full too.
  private void forgetFull(long now) {
    if (fullAt.size() >= MOST_KEPT) {
      fullAt.values().removeIf(full -> full - now <= 0);
    }
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }

  private record Key(String action, String identifier) {}

  private record Rate(long intervalNanos, int burst) {}
}
