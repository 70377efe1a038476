package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopDomainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hotdash",
        " HotDash ",
        "hotdash.myshopify.com",
        "https://HotDash.myshopify.com/",
        "https://hotdash.myshopify.com"
      })
  void of_asPeopleWriteIt_isThePermanentName(String text) {
    assertThat(ShopDomain.of(text).value()).isEqualTo("hotdash.myshopify.com");
    assertThat(ShopDomain.of(text).handle()).isEqualTo("hotdash");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example",
        "-x",
        "a.b.myshopify.com",
        "hotdash.myshopify.com.evil.example",
        "http://hotdash.myshopify.com",
        "hotdash.myshopify.com/admin",
        "user@hotdash",
        "evil.example#.myshopify.com"
      })
  void of_anythingElse_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ShopDomain.of(text));
  }
}
