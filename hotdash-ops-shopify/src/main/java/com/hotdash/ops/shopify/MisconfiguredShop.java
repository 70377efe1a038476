package com.hotdash.ops.shopify;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopReader;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopSubscriptions;
import com.hotdash.ops.shop.ShopVersion;
import com.hotdash.ops.time.Deadline;

/** Stands where settings are wrong: each reading says so. */
final class MisconfiguredShop implements ShopReader {
  private final ConfigurationException wrong;

  MisconfiguredShop(ConfigurationException wrong) {
    this.wrong = wrong;
  }

  @Override
  public Estate.Part identity() {
    return new Estate.Part("shop", "not known: " + wrong.problem(), null);
  }

  @Override
  public ShopLook look(Deadline deadline) {
    return new ShopLook() {
      @Override
      public Reading<ShopAnswer> answer() {
        return ANSWER.misconfigured(wrong);
      }

      @Override
      public Reading<ShopScopes> scopes() {
        return SCOPES.misconfigured(wrong);
      }

      @Override
      public Reading<ShopVersion> version() {
        return VERSION.misconfigured(wrong);
      }

      @Override
      public Reading<ShopSubscriptions> subscriptions() {
        return SUBSCRIPTIONS.misconfigured(wrong);
      }

      @Override
      public Reading<ShopCalls> calls() {
        return CALLS.misconfigured(wrong);
      }

      @Override
      public Reading<ShopBudget> budget() {
        return BUDGET.misconfigured(wrong);
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
