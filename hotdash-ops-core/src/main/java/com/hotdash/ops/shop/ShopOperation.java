package com.hotdash.ops.shop;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What this process called of one operation, within a window.
 *
 * @param name the operation's name, or its root fields
 * @param calls how many calls were answered or refused
 * @param points what they cost together, in points; 0 for calls of an interface without points
 * @param requested the most that one of them asked for, in points; 0 for the same
 * @param throttled how many were throttled
 * @param failed how many failed otherwise
 * @param repeated how many asked exactly what another one had asked before within the window
 * @param usual the time that half of the calls took at most
 * @param slowest the longest that one took
 * @param period at which interval the same was asked again and again, or {@code null} if at none
 */
public record ShopOperation(
    String name,
    long calls,
    double points,
    double requested,
    long throttled,
    long failed,
    long repeated,
    Duration usual,
    Duration slowest,
    @Nullable Duration period) {
  /** Checks the counts. */
  public ShopOperation {
    if (calls < 1 || throttled + failed > calls || repeated >= calls || points < 0) {
      throw new IllegalArgumentException("these counts cannot be of " + name);
    }
  }

  /**
   * Returns what one call costs.
   *
   * @return points on average, over those that ran; 0 if none did
   */
  public double each() {
    long ran = calls - throttled - failed;
    return ran == 0 ? 0 : points / ran;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d calls, %,.0f points, up to %,.0f requested",
        name,
        calls,
        points,
        requested);
  }
}
