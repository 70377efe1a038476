package com.hotdash.ops.testkit.shopify;

import java.util.List;

/** What Shopify has against a document before it looks at the points. */
final class DocumentCheck {
  /** Array arguments hold no more. */
  private static final int MOST_INPUTS = 250;

  private static final String FIRST_WITH_KEYS = "2026-04";

  private DocumentCheck() {}

  static void check(AskedDocument document, String version) throws GraphqlRefusal {
    if (document.mutation() && version.compareTo(FIRST_WITH_KEYS) >= 0) {
      for (var field : document.rootFields()) {
        if (field.idempotencyKey == null && IdempotencyMemory.REQUIRED.contains(field.name)) {
          // That it is refused is documented, the words are not.
          throw new GraphqlRefusal(
              "The @idempotent directive is required for this mutation but was not provided.",
              "BAD_REQUEST");
        }
        if (field.idempotencyKey != null && field.idempotencyKey.isBlank()) {
          throw new GraphqlRefusal("The idempotency key must not be blank", "BAD_REQUEST");
        }
      }
    }
    for (var field : document.rootFields()) {
      check(field);
    }
  }

  private static void check(Asked field) throws GraphqlRefusal {
    Integer size = field.pageSize();
    if (size != null && (size < 0 || size > RequestedCost.MOST_ITEMS)) {
      throw new GraphqlRefusal(
          field.name + ": page size must be between 0 and " + RequestedCost.MOST_ITEMS,
          "BAD_REQUEST");
    }
    if (size == null && field.connection()) {
      throw new GraphqlRefusal(
          "you must provide one of first or last for " + field.name, "BAD_REQUEST");
    }
    for (var argument : field.arguments.values()) {
      if (argument instanceof List<?> list && list.size() > MOST_INPUTS) {
        throw new GraphqlRefusal(
            "The input array size of "
                + list.size()
                + " is greater than the maximum allowed of 250.",
            "MAX_INPUT_SIZE_EXCEEDED");
      }
    }
    for (var child : field.everything()) {
      check(child);
    }
  }
}
