package com.hotdash.ops.procedure;

/**
 * From where on something is an incident, for all of them. Where the runbook names a number, that
 * is the default.
 *
 * @param slowResponses slow response times
 * @param errorRate high error rate
 * @param database database connection issues
 * @param shop errors of the shop's interface
 * @param memoryCpu want of memory and processor time
 */
public record Thresholds(
    SlowResponseTimesThresholds slowResponses,
    ErrorRateThresholds errorRate,
    DatabaseThresholds database,
    ShopThresholds shop,
    MemoryCpuIssuesThresholds memoryCpu) {
  /** The defaults of each part. */
  public static final Thresholds DEFAULT =
      new Thresholds(
          SlowResponseTimesThresholds.DEFAULT,
          ErrorRateThresholds.DEFAULT,
          DatabaseThresholds.DEFAULT,
          ShopThresholds.DEFAULT,
          MemoryCpuIssuesThresholds.DEFAULT);

  /**
   * Replaces a part.
   *
   * @param part for slow response times
   * @return a changed copy
   */
  public Thresholds with(SlowResponseTimesThresholds part) {
    return new Thresholds(part, errorRate, database, shop, memoryCpu);
  }

  /**
   * Replaces a part.
   *
   * @param part for high error rate
   * @return a changed copy
   */
  public Thresholds with(ErrorRateThresholds part) {
    return new Thresholds(slowResponses, part, database, shop, memoryCpu);
  }

  /**
   * Replaces a part.
   *
   * @param part for database connection issues
   * @return a changed copy
   */
  public Thresholds with(DatabaseThresholds part) {
    return new Thresholds(slowResponses, errorRate, part, shop, memoryCpu);
  }

  /**
   * Replaces a part.
   *
   * @param part for errors of the shop's interface
   * @return a changed copy
   */
  public Thresholds with(ShopThresholds part) {
    return new Thresholds(slowResponses, errorRate, database, part, memoryCpu);
  }

  /**
   * Replaces a part.
   *
   * @param part for want of memory and processor time
   * @return a changed copy
   */
  public Thresholds with(MemoryCpuIssuesThresholds part) {
    return new Thresholds(slowResponses, errorRate, database, shop, part);
  }
}
