package com.hotdash.ops.procedure;

/**
 * From where on something is an incident, for all of them. Where the runbook names a number, that
 * is the default.
 *
 * @param errorRate high error rate
 * @param database database connection issues
 * @param shop errors of the shop's interface
 * @param memoryCpu want of memory and processor time
 */
public record Thresholds(
    ErrorRateThresholds errorRate,
    DatabaseThresholds database,
    ShopThresholds shop,
    MemoryCpuIssuesThresholds memoryCpu) {
  /** Each of the parts' own defaults. */
  public static final Thresholds DEFAULT =
      new Thresholds(
          ErrorRateThresholds.DEFAULT,
          DatabaseThresholds.DEFAULT,
          ShopThresholds.DEFAULT,
          MemoryCpuIssuesThresholds.DEFAULT);

  /**
   * Replaces a part.
   *
   * @param part those of a high error rate
   * @return a changed copy
   */
  public Thresholds with(ErrorRateThresholds part) {
    return new Thresholds(part, database, shop, memoryCpu);
  }

  /**
   * Replaces a part.
   *
   * @param part those of database connections
   * @return a changed copy
   */
  public Thresholds with(DatabaseThresholds part) {
    return new Thresholds(errorRate, part, shop, memoryCpu);
  }

  /**
   * Replaces a part.
   *
   * @param part those of the shop's interface
   * @return a changed copy
   */
  public Thresholds with(ShopThresholds part) {
    return new Thresholds(errorRate, database, part, memoryCpu);
  }

  /**
   * Replaces a part.
   *
   * @param part those of memory and processor time
   * @return a changed copy
   */
  public Thresholds with(MemoryCpuIssuesThresholds part) {
    return new Thresholds(errorRate, database, shop, part);
  }
}
