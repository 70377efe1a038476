package com.hotdash.ops.procedure;

import com.hotdash.ops.platform.AilmentLimits;

/**
 * From where on something is an incident, for all of them. Where the runbook names a number, that
 * is the default.
 *
 * @param slowResponses slow response times
 * @param errorRate high error rate
 * @param deployments deployment failures
 * @param database database connection issues
 * @param shop errors of the shop's interface
 * @param memoryCpu want of memory and processor time
 * @param healthChecks failing health checks
 * @param secrets rotated secrets
 */
public record Thresholds(
    SlowResponseTimesThresholds slowResponses,
    ErrorRateThresholds errorRate,
    DeploymentFailuresThresholds deployments,
    DatabaseThresholds database,
    ShopThresholds shop,
    MemoryCpuIssuesThresholds memoryCpu,
    HealthCheckFailuresThresholds healthChecks,
    SecretRotationIssuesThresholds secrets) {
  /** The defaults of each part. */
  public static final Thresholds DEFAULT =
      new Thresholds(
          SlowResponseTimesThresholds.DEFAULT,
          ErrorRateThresholds.DEFAULT,
          DeploymentFailuresThresholds.DEFAULT,
          DatabaseThresholds.DEFAULT,
          ShopThresholds.DEFAULT,
          MemoryCpuIssuesThresholds.DEFAULT,
          HealthCheckFailuresThresholds.DEFAULT,
          SecretRotationIssuesThresholds.DEFAULT);

  /**
   * Returns by which of these a change of the platform is measured afterwards.
   *
   * @return the limits of answer times, memory and ends of processes
   */
  public AilmentLimits ailments() {
    return new AilmentLimits(
        slowResponses.limit(), memoryCpu.memoryCritical(), memoryCpu.window(), memoryCpu.loop());
  }

  /**
   * Replaces a part.
   *
   * @param part for slow response times
   * @return a changed copy
   */
  public Thresholds with(SlowResponseTimesThresholds part) {
    return new Thresholds(
        part, errorRate, deployments, database, shop, memoryCpu, healthChecks, secrets);
  }

  /**
   * Replaces a part.
   *
   * @param part for high error rate
   * @return a changed copy
   */
  public Thresholds with(ErrorRateThresholds part) {
    return new Thresholds(
        slowResponses, part, deployments, database, shop, memoryCpu, healthChecks, secrets);
  }

  /**
   * Replaces a part.
   *
   * @param part for deployment failures
   * @return a changed copy
   */
  public Thresholds with(DeploymentFailuresThresholds part) {
    return new Thresholds(
        slowResponses, errorRate, part, database, shop, memoryCpu, healthChecks, secrets);
  }

  /**
   * Replaces a part.
   *
   * @param part for database connection issues
   * @return a changed copy
   */
  public Thresholds with(DatabaseThresholds part) {
    return new Thresholds(
        slowResponses, errorRate, deployments, part, shop, memoryCpu, healthChecks, secrets);
  }

  /**
   * Replaces a part.
   *
   * @param part for errors of the shop's interface
   * @return a changed copy
   */
  public Thresholds with(ShopThresholds part) {
    return new Thresholds(
        slowResponses, errorRate, deployments, database, part, memoryCpu, healthChecks, secrets);
  }

  /**
   * Replaces a part.
   *
   * @param part for want of memory and processor time
   * @return a changed copy
   */
  public Thresholds with(MemoryCpuIssuesThresholds part) {
    return new Thresholds(
        slowResponses, errorRate, deployments, database, shop, part, healthChecks, secrets);
  }

  /**
   * Replaces a part.
   *
   * @param part for failing health checks
   * @return a changed copy
   */
  public Thresholds with(HealthCheckFailuresThresholds part) {
    return new Thresholds(
        slowResponses, errorRate, deployments, database, shop, memoryCpu, part, secrets);
  }

  /**
   * Replaces a part.
   *
   * @param part for rotated secrets
   * @return a changed copy
   */
  public Thresholds with(SecretRotationIssuesThresholds part) {
    return new Thresholds(
        slowResponses, errorRate, deployments, database, shop, memoryCpu, healthChecks, part);
  }
}
