package com.hotdash.ops.shopify;

import com.hotdash.ops.time.Time;

/**
 * All that a guard knows of one shop.
 *
 * @param gate the bucket of points
 * @param restGate the bucket of REST calls, which is another one
 * @param calls what was called of late
 */
record ShopState(
    ShopGate gate, ShopGate restGate, ShopBreaker breaker, CostPredictor predictor, CallLog calls) {
  /** The smallest plan's REST bucket and leak (shopify.md, section 3). */
  static final double REST_BUCKET = 40;

  static final double REST_LEAK = 2;

  static ShopState of(
      ShopDomain shop, Time time, Alarm alarm, double batchWeight, int mostWaiting) {
    var ticker = time.ticker();
    return new ShopState(
        new ShopGate(shop.value(), ticker, alarm, batchWeight, mostWaiting),
        new ShopGate(
            shop.value() + " (REST)",
            ticker,
            alarm,
            batchWeight,
            mostWaiting,
            new Ledger(REST_BUCKET, REST_LEAK, 1, ticker.nanos())),
        new ShopBreaker(shop.value(), time),
        new CostPredictor(CostTables.load()),
        new CallLog(ticker));
  }
}
