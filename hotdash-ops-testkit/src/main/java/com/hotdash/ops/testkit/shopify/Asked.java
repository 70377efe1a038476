package com.hotdash.ops.testkit.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field that a document asks for, its variables filled in, and fields of one key made one. */
final class Asked {
  final String key;
  final String name;
  final Map<String, @Nullable Object> arguments;

  /** What {@code @idempotent} carries; null without that directive. */
  final @Nullable String idempotencyKey;

  /** What is asked for whatever the type is, by key. */
  final Map<String, Asked> fields = new LinkedHashMap<>();

  /** What is asked for under a type condition, by that type and then by key. */
  final Map<String, Map<String, Asked>> byType = new LinkedHashMap<>();

  /** Whether something is asked for below it, were it to be skipped. */
  boolean composite;

  Asked(
      String key,
      String name,
      Map<String, @Nullable Object> arguments,
      @Nullable String idempotencyKey) {
    this.key = key;
    this.name = name;
    this.arguments = arguments;
    this.idempotencyKey = idempotencyKey;
  }

  boolean leaf() {
    return !composite;
  }

  @Nullable Asked field(String wanted) {
    for (var field : fields.values()) {
      if (field.name.equals(wanted)) {
        return field;
      }
    }
    return null;
  }

  /** All that is asked for, under whichever type. */
  List<Asked> everything() {
    var all = new ArrayList<>(fields.values());
    byType.values().forEach(branch -> all.addAll(branch.values()));
    return all;
  }

  /** The page size, or null if the field has none. */
  @Nullable Integer pageSize() {
    Object size = arguments.get("first");
    if (size == null) {
      size = arguments.get("last");
    }
    return size instanceof Number number ? Integer.valueOf(number.intValue()) : null;
  }

  boolean connection() {
    return field("nodes") != null || field("edges") != null || field("pageInfo") != null;
  }
}
