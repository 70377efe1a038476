package com.hotdash.ops.testkit.shopify;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A document that Shopify answers with an error, under status 200 and at no cost. */
final class GraphqlRefusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  final @Nullable String code;

  GraphqlRefusal(String message, @Nullable String code) {
    super(message, null, false, false);
    this.code = code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
