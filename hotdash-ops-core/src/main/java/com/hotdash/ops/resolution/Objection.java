package com.hotdash.ops.resolution;

/**
 * A reason not to apply a plan.
 *
 * @param name its stable name, such as {@code blast-radius}
 * @param hard whether it holds whatever anybody says; others yield to {@link Plan#despite}
 * @param reason why, as a clause with numbers
 * @param nextStep what to do instead
 */
public record Objection(String name, boolean hard, String reason, String nextStep) {
  /**
   * Makes an objection that nobody can override.
   *
   * @param name its stable name
   * @param reason why
   * @param nextStep what to do instead
   * @return the objection
   */
  public static Objection hard(String name, String reason, String nextStep) {
    return new Objection(name, true, reason, nextStep);
  }

  /**
   * Makes an objection that a person can override by its name.
   *
   * @param name its stable name
   * @param reason why
   * @param nextStep what to do instead
   * @return the objection
   */
  public static Objection overridable(String name, String reason, String nextStep) {
    return new Objection(name, false, reason, nextStep);
  }

  @Override
  public String toString() {
    return name + (hard ? "" : " (can be overridden)") + ": " + reason + "; " + nextStep;
  }
}
