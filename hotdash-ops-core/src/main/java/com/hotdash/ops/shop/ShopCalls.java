package com.hotdash.ops.shop;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What this process itself called of late. Other processes of the same app are not in it.
 *
 * @param window over which time
 * @param operations one each, those that cost most points first
 */
public record ShopCalls(Duration window, List<ShopOperation> operations) {
  /** Sorts the operations. */
  public ShopCalls {
    operations =
        operations.stream()
            .sorted(
                Comparator.comparingDouble(ShopOperation::points)
                    .reversed()
                    .thenComparing(ShopOperation::name))
            .toList();
  }

  /**
   * Returns what all cost together.
   *
   * @return points each second over the window
   */
  public double pointsPerSecond() {
    double seconds = Math.max(1, window.toNanos() / 1e9);
    return operations.stream().mapToDouble(ShopOperation::points).sum() / seconds;
  }
}
