package com.hotdash.ops.testkit.shopify;

/**
 * What a shop's plan allows one app: points for GraphQL, calls for REST. The bucket of points is
 * twenty times what comes back in a second, as measured on three plans in 2026.
 *
 * @param maximumAvailable the points that the bucket holds, more than zero
 * @param restoreRate the points that come back in a second, more than zero
 * @param restBucket the REST calls that the bucket holds, more than zero
 * @param restLeak the REST calls that leak from it in a second, more than zero
 */
public record ShopifyLimits(
    double maximumAvailable, double restoreRate, int restBucket, int restLeak) {
  /** Basic and Grow. */
  public static final ShopifyLimits STANDARD = new ShopifyLimits(2_000, 100, 40, 2);

  /** Advanced. */
  public static final ShopifyLimits ADVANCED = new ShopifyLimits(4_000, 200, 80, 4);

  /** Plus. */
  public static final ShopifyLimits PLUS = new ShopifyLimits(20_000, 1_000, 400, 20);

  /** Checks that each is more than zero. */
  public ShopifyLimits {
    if (!(maximumAvailable > 0 && restoreRate > 0) || restBucket < 1 || restLeak < 1) {
      throw new IllegalArgumentException("limits are more than zero");
    }
  }

  /**
   * Returns these limits, made larger or smaller: Shopify may lower them for a while.
   *
   * @param factor such as 0.5, more than zero
   * @return the points' limits times the factor, those of REST unchanged
   */
  public ShopifyLimits times(double factor) {
    return new ShopifyLimits(maximumAvailable * factor, restoreRate * factor, restBucket, restLeak);
  }
}
