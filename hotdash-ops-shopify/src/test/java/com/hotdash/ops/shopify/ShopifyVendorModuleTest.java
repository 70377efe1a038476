package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.runbook.Setting;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.time.Time;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopifyVendorModuleTest {
  private final ShopifySimulator shopify =
      ShopifySimulator.start(Time.SYSTEM, "hotdash-dev.myshopify.com");
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              "SHOPIFY_SHOP", "hotdash-dev.myshopify.com",
              "SHOPIFY_ADMIN_TOKEN", shopify.app().token().reveal(),
              "SCOPES", "read_orders, read_products",
              "HOTDASH_OPS_SHOPIFY_WEBHOOKS", "ORDERS_CREATE=https://hotdash.example/w?a=b",
              "HOTDASH_OPS_SHOPIFY_BASE_URL", shopify.address().toString()));

  @AfterEach
  void close() {
    shopify.close();
  }

  @Test
  void settings_areListed() {
    assertThat(RunbookProcedures.settings())
        .extracting(Setting::name)
        .contains("SHOPIFY_SHOP", "SHOPIFY_ADMIN_TOKEN", "SHOPIFY_API_VERSION");
  }

  @Test
  void fromEnvironment_allSet_seesTheShopAndItsNeeds() {
    try (var ops = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
      assertThat(ops.estate().toString()).contains("shop hotdash-dev.myshopify.com");
      assertThat(ops.shopifyApiErrors().restoreSubscriptions().plan().steps())
          .singleElement()
          .asString()
          .contains("ORDERS_CREATE to https://hotdash.example/w?a=b");
      var access = ops.checkAccess();
      assertThat(access.verdict()).isEqualTo(Verdict.OK);
      assertThat(access.toString()).doesNotContain(variables.get("SHOPIFY_ADMIN_TOKEN"));
    }
  }

  @Test
  void checkAccess_tokenRevoked_isAProblemWithTheNextStep() {
    variables.put("SHOPIFY_ADMIN_TOKEN", "shpat_ffffffffffffffffffffffffffffffff");
    try (var ops = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
      var access = ops.checkAccess();

      assertThat(access.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(access.toString()).contains("renew the access token").doesNotContain("ffffffff");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHOPIFY_SHOP, shop.hotdash.example, SHOPIFY_SHOP",
    "SHOPIFY_SHOP, '', SHOPIFY_SHOP",
    "SHOPIFY_ADMIN_TOKEN, '', SHOPIFY_ADMIN_TOKEN",
    "SHOPIFY_API_VERSION, 2026-11, SHOPIFY_API_VERSION",
    "HOTDASH_OPS_SHOPIFY_BASE_URL, not an address, HOTDASH_OPS_SHOPIFY_BASE_URL",
    "HOTDASH_OPS_SHOPIFY_WEBHOOKS, orders, HOTDASH_OPS_SHOPIFY_WEBHOOKS",
  })
  void fromEnvironment_settingWrong_costsTheShopOnlyAndNamesIt(
      String name, String value, String named) {
    variables.put(name, value);
    try (var ops = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
      var diagnosis = ops.shopifyApiErrors().diagnose();

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.notChecked())
          .filteredOn(each -> each.what().equals(ShopLook.ANSWER.name()))
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.why()).isEqualTo(NotChecked.Why.NOT_CONFIGURED);
                assertThat(each.toString()).contains(named);
              });
    }
  }

  @Test
  void fromEnvironment_nothingSet_saysWhatToSet() {
    try (var ops = RunbookProcedures.fromEnvironment(Environment.of(Map.of()))) {
      assertThat(ops.shopifyApiErrors().diagnose().toString()).contains("set SHOPIFY_SHOP");
    }
  }
}
