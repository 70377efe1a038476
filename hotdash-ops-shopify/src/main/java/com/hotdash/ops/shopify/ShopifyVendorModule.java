package com.hotdash.ops.shopify;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.Setting;
import com.hotdash.ops.runbook.VendorModule;
import com.hotdash.ops.time.Time;
import java.util.List;

/**
 * Gives a runbook the shop that {@code SHOPIFY_SHOP} names, read with the token of {@code
 * SHOPIFY_ADMIN_TOKEN}, and Shopify's own status page. Tokens are neither made nor renewed.
 */
public final class ShopifyVendorModule implements VendorModule {
  // The components that calls of an app go through; their names change (shopify.md, section 11).
  private static final String[] COMPONENTS = {"Admin", "API"};

  /** For {@link java.util.ServiceLoader}. */
  public ShopifyVendorModule() {}

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(ShopifySettings.SHOP, "the shop, as <handle>.myshopify.com", false),
        new Setting(
            ShopifySettings.TOKEN,
            "an access token for the Admin API; diagnosing only reads, restoring webhooks writes",
            true),
        new Setting(ShopifySettings.VERSION, "the API version; default 2026-10", false),
        new Setting(
            ShopifySettings.SCOPES, "scopes that HotDash needs; default: HotDash's own", false),
        new Setting(
            ShopifySettings.WEBHOOKS,
            "subscriptions that must be there: TOPIC=https://address,…",
            false),
        new Setting(ShopifySettings.BASE_URL, "the shop's address; default https://<shop>", false));
  }

  @Override
  public void configure(Environment environment, RunbookBuilder builder) {
    environment.secret(ShopifySettings.TOKEN).ifPresent(builder::secret);
    environment.secret("SHOPIFY_API_SECRET").ifPresent(builder::secret);
    if (environment.text(ShopifySettings.TOKEN).isEmpty()
        && environment.text(ShopifySettings.SHOP).isEmpty()) {
      return;
    }
    try {
      var settings = ShopifySettings.read(environment);
      var guard = settings.guard().build();
      builder.owns(guard);
      var client = settings.client(guard);
      var shop = client.port(settings.needs());
      builder
          .shop(shop)
          .owns(client)
          .accessCheck(
              () -> List.of(ShopifyAccess.check(ShopifySettings.TOKEN, shop, Time.SYSTEM)));
      if (environment.text(ShopifySettings.BASE_URL).isEmpty()) {
        builder.statusPage("Shopify", "https://www.shopifystatus.com", COMPONENTS);
      }
    } catch (ConfigurationException e) {
      builder.shop(new MisconfiguredShop(e));
      builder.accessCheck(
          () ->
              List.of(
                  new AccessCheck(
                      ShopifySettings.TOKEN,
                      List.of(),
                      List.of(e.problem()),
                      e.nextStep().map(List::of).orElse(List.of()))));
    }
  }
}
