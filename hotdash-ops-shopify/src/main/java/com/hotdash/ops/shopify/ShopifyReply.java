package com.hotdash.ops.shopify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the GraphQL API. A mutation that Shopify refused for business reasons is one too:
 * look at its {@code userErrors}.
 *
 * @param data what was asked for, by field; numbers with a fraction are {@code BigDecimal}s
 * @param charge what it cost, or {@code null} if the reply did not say
 * @param requestId Shopify's id of the call, or {@code null} if it gave none
 * @param servedVersion the API version that answered, or {@code null} if the reply did not say; not
 *     the one that was asked for once that is no longer accessible
 * @param deprecated what Shopify says about deprecated fields in the document; empty if nothing
 * @param searchWarnings what was not understood in {@code query:} filters, which do not fail; empty
 *     if nothing
 */
public record ShopifyReply(
    Map<String, @Nullable Object> data,
    @Nullable Charge charge,
    @Nullable String requestId,
    @Nullable String servedVersion,
    String deprecated,
    List<String> searchWarnings) {
  /** Copies what it is given. */
  public ShopifyReply {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    searchWarnings = List.copyOf(searchWarnings);
  }

  @Override
  public String toString() {
    return "ShopifyReply["
        + data.keySet()
        + (charge == null ? "" : ", " + charge.spent() + " points")
        + ", request id "
        + requestId
        + "]";
  }
}
