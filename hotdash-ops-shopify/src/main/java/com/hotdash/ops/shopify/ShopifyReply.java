package com.hotdash.ops.shopify;

import com.hotdash.ops.http.HttpAnswer;
import java.util.ArrayList;
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

  static ShopifyReply of(
      Judgement judged,
      Map<String, @Nullable Object> body,
      @Nullable Map<String, @Nullable Object> data,
      HttpAnswer answer) {
    return new ShopifyReply(
        data == null ? Map.of() : data,
        judged.charge(),
        judged.requestId(),
        answer.header("X-Shopify-API-Version").orElse(null),
        answer.header("X-Shopify-API-Deprecated-Reason").orElse(""),
        warnings(body));
  }

  /** Whether the first try with the same key has not ended (shopify.md, section 6). */
  static boolean stillRuns(@Nullable Map<String, @Nullable Object> data) {
    return data != null
        && data.values().stream()
            .flatMap(payload -> ReplyJson.list(ReplyJson.at(payload, "userErrors")).stream())
            .anyMatch(
                error -> "IDEMPOTENCY_CONCURRENT_REQUEST".equals(ReplyJson.at(error, "code")));
  }

  private static List<String> warnings(Map<String, @Nullable Object> body) {
    var all = new ArrayList<String>();
    for (var search : ReplyJson.list(ReplyJson.at(body, "extensions", "search"))) {
      for (var warning : ReplyJson.list(ReplyJson.at(search, "warnings"))) {
        all.add(ReplyJson.at(warning, "field") + ": " + ReplyJson.at(warning, "message"));
      }
    }
    return all;
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
