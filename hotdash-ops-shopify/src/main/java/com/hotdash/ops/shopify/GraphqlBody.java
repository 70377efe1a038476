package com.hotdash.ops.shopify;

import java.io.IOException;
import java.util.Map;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** What somebody else's call asks. */
record GraphqlBody(
    String document, @Nullable String operationName, Map<String, @Nullable Object> variables) {
  /** Returns what a body asks, or {@code null} if it cannot be read without harm. */
  static @Nullable GraphqlBody of(@Nullable RequestBody body) throws IOException {
    if (body == null || body.isOneShot() || body.isDuplex()) {
      return null;
    }
    var bytes = new Buffer();
    body.writeTo(bytes);
    var call = ReplyJson.object(bytes.readByteArray());
    var document = call == null ? null : ReplyJson.text(call.get("query"));
    if (call == null || document == null) {
      return null;
    }
    var variables = ReplyJson.map(call.get("variables"));
    return new GraphqlBody(
        document,
        ReplyJson.text(call.get("operationName")),
        variables == null ? Map.of() : variables);
  }

  /** Returns its cost, or {@code null} for a document that is none: Shopify is to refuse it. */
  @Nullable QueryCost cost(CostPredictor predictor) {
    try {
      return predictor.affordable(document, operationName, variables);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns how it is remembered, or {@code null} for a document that is none. */
  CallLog.@Nullable Asked logged(CostPredictor predictor) {
    try {
      return CallLog.asked(predictor.name(document, operationName), document, variables);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether it may be carried out twice without harm. */
  boolean repeatable() {
    try {
      return IdempotencyKeys.repeatable(document, operationName, variables);
    } catch (IllegalArgumentException e) {
      return false; // no document as we read it; Shopify may read it otherwise
    }
  }
}
