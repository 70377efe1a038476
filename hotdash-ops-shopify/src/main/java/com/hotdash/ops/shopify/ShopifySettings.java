package com.hotdash.ops.shopify;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The variables of the environment that lead to a shop.
 *
 * @param shop the shop
 * @param token the access token
 * @param guard the guard's settings
 * @param needs what the application needs of the shop
 */
record ShopifySettings(ShopDomain shop, Secret token, ShopifyGuard.Builder guard, ShopNeeds needs) {
  static final String SHOP = "SHOPIFY_SHOP";
  static final String TOKEN = "SHOPIFY_ADMIN_TOKEN";
  static final String VERSION = "SHOPIFY_API_VERSION";
  static final String BASE_URL = "HOTDASH_OPS_SHOPIFY_BASE_URL";
  static final String SCOPES = "SCOPES";
  static final String WEBHOOKS = "HOTDASH_OPS_SHOPIFY_WEBHOOKS";

  /** HotDash's own (facts of HotDash, Shopify). */
  static final String HOTDASH_SCOPES =
      "read_products,write_products,read_orders,write_orders,read_customers,read_inventory,"
          + "write_inventory";

  private static final String WEBHOOKS_STEP =
      "set " + WEBHOOKS + " to TOPIC=https://address,TOPIC=https://address";
  private static final int MOST_ENTRIES = 250;

  static ShopifySettings read(Environment environment) {
    var named =
        environment
            .text(SHOP)
            .orElseThrow(
                () -> wrong(SHOP + " is not set", "set " + SHOP + " to <handle>.myshopify.com"));
    var token =
        environment.secret(TOKEN).orElseThrow(() -> wrong(TOKEN + " is not set", "set " + TOKEN));
    var guard = ShopifyGuard.builder();
    ShopDomain shop;
    try {
      shop = ShopDomain.of(named);
    } catch (IllegalArgumentException e) {
      throw wrong(
          SHOP + " is no shop's permanent name", "set " + SHOP + " to <handle>.myshopify.com");
    }
    try {
      environment.text(VERSION).ifPresent(guard::version);
    } catch (IllegalArgumentException e) {
      throw wrong(VERSION + " is no version", "set " + VERSION + " to such as 2026-10");
    }
    environment.text(BASE_URL).ifPresent(guard::baseUrl);
    return new ShopifySettings(
        shop,
        token,
        guard,
        new ShopNeeds(
            scopes(environment.text(SCOPES).orElse(HOTDASH_SCOPES)),
            environment.text(WEBHOOKS).map(ShopifySettings::subscriptions).orElse(List.of())));
  }

  ShopifyClient client(ShopifyGuard made) {
    try {
      return made.client(shop, token);
    } catch (IllegalArgumentException e) {
      // The kit's messages name the header or the address, never a value.
      throw wrong(
          TOKEN + " or " + BASE_URL + " cannot be used: " + e.getMessage(),
          "check " + TOKEN + " for line breaks, and " + BASE_URL + " for https://host");
    }
  }

  private static Set<String> scopes(String text) {
    var found = new LinkedHashSet<String>();
    for (var each : text.split(",", -1)) {
      if (!each.isBlank()) {
        found.add(each.strip());
      }
    }
    return found;
  }

  private static List<Subscription> subscriptions(String text) {
    var found = new ArrayList<Subscription>();
    for (var entry : text.split(",", -1)) {
      if (entry.isBlank()) {
        continue; // a comma too many hides nothing
      }
      int equals = entry.indexOf('=');
      if (equals < 0 || found.size() == MOST_ENTRIES) {
        throw wrong(
            "entry " + (found.size() + 1) + " of " + WEBHOOKS + " is not TOPIC=https://address",
            WEBHOOKS_STEP);
      }
      try {
        found.add(
            new Subscription(
                entry.substring(0, equals).strip(), entry.substring(equals + 1).strip()));
      } catch (IllegalArgumentException e) {
        throw wrong(
            "entry " + (found.size() + 1) + " of " + WEBHOOKS + ": " + e.getMessage(),
            WEBHOOKS_STEP);
      }
    }
    return found;
  }

  private static ConfigurationException wrong(String problem, String nextStep) {
    return new ConfigurationException(
        Fault.of(ShopifyException.SERVICE, "configure", problem).withNextStep(nextStep));
  }
}
