package com.hotdash.ops.shopify;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
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
        return unread(ANSWER);
      }

      @Override
      public Reading<ShopScopes> scopes() {
        return unread(SCOPES);
      }

      @Override
      public Reading<ShopVersion> version() {
        return unread(VERSION);
      }

      @Override
      public Reading<ShopSubscriptions> subscriptions() {
        return unread(SUBSCRIPTIONS);
      }

      @Override
      public Reading<ShopCalls> calls() {
        return unread(CALLS);
      }

      @Override
      public Reading<ShopBudget> budget() {
        return unread(BUDGET);
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }

  private <T> Reading<T> unread(ReadingKey<T> key) {
    return Reading.unread(
        new NotChecked(
            key.name(),
            Why.NOT_CONFIGURED,
            wrong.problem(),
            wrong.nextStep().orElse(key.remedy())));
  }
}
