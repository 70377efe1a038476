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
 * @param before the answer to the same question a moment before, if that was asked twice since the
 *     first was late or {@linkplain ShopTrouble#passing passing}; else {@code null}
 */
public record ShopAnswer(
    ShopTrouble trouble,
    String said,
    String nextStep,
    Duration took,
    @Nullable String requestId,
    @Nullable ShopAnswer before) {
  /**
   * Tells of what was asked once.
   *
   * @param trouble what it comes to
   * @param said what the service said, redacted; empty if it answered what was asked
   * @param nextStep what a person can do; empty if nothing is to be done
   * @param took how long the answer took
   * @param requestId the service's own id of the call, or {@code null} if it gave none
   */
  public ShopAnswer(
      ShopTrouble trouble,
      String said,
      String nextStep,
      Duration took,
      @Nullable String requestId) {
    this(trouble, said, nextStep, took, requestId, null);
  }

  /**
   * Says that the same was asked a moment before.
   *
   * @param first what was answered then
   * @return a changed copy
   */
  public ShopAnswer after(ShopAnswer first) {
    return new ShopAnswer(trouble, said, nextStep, took, requestId, first);
  }

  /**
   * Returns whether this was late, or failed in a way that may be over with the next call.
   *
   * @param slow from how long on it is late, more than zero
   * @return true if a single such answer proves little
   */
  public boolean passing(Duration slow) {
    return trouble.passing() || (trouble == ShopTrouble.NONE && took.compareTo(slow) >= 0);
  }

  @Override
  public String toString() {
    return "the shop "
        + trouble.clause()
        + " after "
        + took.toMillis()
        + " ms"
        + (before == null
            ? ""
            : "; just before, it "
                + before.trouble.clause()
                + " after "
                + before.took.toMillis()
                + " ms")
        + (said.isEmpty() ? "" : " (" + said + ")");
  }
}
