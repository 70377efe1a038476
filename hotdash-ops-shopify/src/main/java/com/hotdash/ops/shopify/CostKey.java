package com.hotdash.ops.shopify;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is remembered by: the normal form of a document and the values that decide its
 * cost.
 *
 * @param normal the normal form
 * @param values page sizes and conditions, then the number of list items in a mutation's input
 */
record CostKey(String normal, List<@Nullable Object> values) {
  /** Stands for a variable that was not sent. */
  static final String UNSET = "unset";

  private static final int DEEPEST = 20;

  /** How many list items stand in some variables, at any depth. */
  static int inputs(Map<String, ?> variables) {
    return inputs(variables, 0);
  }

  private static int inputs(@Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      return 0;
    }
    int count = 0;
    if (value instanceof Map<?, ?> map) {
      for (var member : map.values()) {
        count += inputs(member, depth + 1);
      }
    } else if (value instanceof Collection<?> list) {
      count += list.size();
      for (var element : list) {
        count += inputs(element, depth + 1);
      }
    }
    return count;
  }
}
