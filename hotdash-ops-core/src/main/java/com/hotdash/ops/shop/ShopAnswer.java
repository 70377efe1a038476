package com.hotdash.ops.shop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the shop answered to the least that can be asked.
 *
 * @param trouble what it comes to
 * @param said what the service said, redacted; empty if it answered what was asked
 * @param nextStep what a person can do; empty if nothing is to be done
 * @param took how long the answer took
 * @param requestId the service's own id of the call, or {@code null} if it gave none
 */
public record ShopAnswer(
    ShopTrouble trouble, String said, String nextStep, Duration took, @Nullable String requestId) {
  @Override
  public String toString() {
    return "the shop "
        + trouble.clause()
        + " after "
        + took.toMillis()
        + " ms"
        + (said.isEmpty() ? "" : " (" + said + ")");
  }
}
