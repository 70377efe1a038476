package com.hotdash.ops.shopify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value in a document that its cost depends on.
 *
 * @param literal the value, if it stands there or is a variable's default; else null
 * @param variable the variable that gives it, or null
 */
record QueryValue(@Nullable Object literal, @Nullable String variable) {
  @Nullable Object in(Map<String, ?> variables) {
    return variable != null && variables.containsKey(variable) ? variables.get(variable) : literal;
  }

  /** The value as a number, or null if it is none. */
  @Nullable Integer number(Map<String, ?> variables) {
    if (!(in(variables) instanceof Number number)) {
      return null;
    }
    long value = number.longValue();
    return (int) Math.max(0, Math.min(QueryField.LARGEST_PAGE, value));
  }

  @Override
  public String toString() {
    return variable == null ? String.valueOf(literal) : '$' + variable + '=' + literal;
  }
}
