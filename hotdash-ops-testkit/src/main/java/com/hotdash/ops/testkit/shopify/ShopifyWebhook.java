package com.hotdash.ops.testkit.shopify;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A delivery to one subscription. Its signature stands over the bytes of the body.
 *
 * @param uri where it goes
 * @param subscriptionId whose delivery it is
 * @param headers by name, as Shopify spells them
 * @param body the payload, to be sent as UTF-8
 */
public record ShopifyWebhook(
    String uri, String subscriptionId, Map<String, String> headers, String body) {
  /** Copies the headers. */
  public ShopifyWebhook {
    headers = Map.copyOf(headers);
  }

  /**
   * Returns the bytes that were signed.
   *
   * @return a fresh array
   */
  public byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns this delivery with the header names of the newer Events mechanism, such as {@code
   * shopify-hmac-sha256}.
   *
   * @return a copy
   */
  public ShopifyWebhook asEvent() {
    var renamed = new LinkedHashMap<String, String>();
    headers.forEach(
        (name, value) -> renamed.put(name.toLowerCase(Locale.ROOT).replaceFirst("^x-", ""), value));
    return new ShopifyWebhook(uri, subscriptionId, renamed, body);
  }
}
