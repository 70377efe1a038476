package com.hotdash.ops.fly;

import com.hotdash.ops.time.Ticker;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of machines that some look at the same app has just read, for readings that need it only
 * beside: Fly allows one list a second. Thread-safe.
 */
final class RecentMachines {
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final Ticker ticker;
  private @Nullable List<Machine> machines;
  private long readAt;

  RecentMachines(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Keeps a list that was asked for no earlier than at the given tick. */
  synchronized void put(List<Machine> list, long askedAt) {
    machines = List.copyOf(list);
    readAt = askedAt;
  }

  /** The list, or null if there is none or it is more than three seconds old. */
  synchronized @Nullable List<Machine> get() {
    return machines == null || ticker.nanos() - readAt > FRESH.toNanos() ? null : machines;
  }
}
