package com.hotdash.ops.shopify;

import com.hotdash.ops.time.Time;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that a guard knows of one shop.
 *
 * @param gate the bucket of points
 * @param restGate the bucket of REST calls, which is another one
 * @param predictors what is known of costs
 * @param calls what was called of late
 * @param refused the tokens that it refused
 * @param granting held while a token is asked for: each new one can retire another
 */
record ShopState(
    ShopGate gate,
    ShopGate restGate,
    ShopBreaker breaker,
    Predictors predictors,
    CallLog calls,
    RefusedTokens refused,
    ReentrantLock granting) {
  /** The smallest plan's REST bucket and leak (shopify.md, section 3). */
  static final double REST_BUCKET = 40;

  static final double REST_LEAK = 2;

  /** Costs may differ between versions (shopify.md, section 4): a predictor for each. */
  static final class Predictors {
    /** More were never accessible at once. */
    private static final int MOST = 8;

    private final CostTables tables = CostTables.load();
    private final Map<String, CostPredictor> all =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, CostPredictor> eldest) {
            return size() > MOST;
          }
        };

    private synchronized CostPredictor of(String version) {
      return all.computeIfAbsent(version, v -> new CostPredictor(tables));
    }
  }

  /** Returns what is known of costs in the version that a call asks for. */
  CostPredictor predictor(String version) {
    return predictors.of(version);
  }

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
        new Predictors(),
        new CallLog(ticker),
        new RefusedTokens(shop.value(), ticker),
        new ReentrantLock());
  }
}
