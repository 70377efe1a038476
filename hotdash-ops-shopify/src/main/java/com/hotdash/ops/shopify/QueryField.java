package com.hotdash.ops.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field of a document, with what its cost depends on. */
final class QueryField {
  /** The largest page that Shopify gives: 251 was refused on a live shop. */
  static final int LARGEST_PAGE = 250;

  final String name;
  final @Nullable QueryValue first;
  final @Nullable QueryValue last;

  /** Conditions that must hold, as {@code @include}, or not hold, as {@code @skip}. */
  final List<Condition> conditions = new ArrayList<>();

  /** What is asked below it; null for a scalar. */
  @Nullable QuerySelection selection;

  /** A condition on a field. */
  record Condition(boolean include, QueryValue value) {}

  QueryField(String name, @Nullable QueryValue first, @Nullable QueryValue last) {
    this.name = name;
    this.first = first;
    this.last = last;
  }

  boolean asked(Map<String, ?> variables) {
    for (var condition : conditions) {
      if (Boolean.valueOf(!condition.include()).equals(condition.value().in(variables))) {
        return false;
      }
    }
    return true;
  }

  boolean connection() {
    return selection != null && (has("nodes") || has("edges") || has("pageInfo"));
  }

  private boolean has(String child) {
    return selection != null
        && selection.fields.values().stream().anyMatch(field -> field.name.equals(child));
  }

  /** The page size; the largest if the document does not tell, since Shopify decides then. */
  int pageSize(Map<String, ?> variables) {
    Integer size = first == null ? null : first.number(variables);
    if (size == null && last != null) {
      size = last.number(variables);
    }
    return size == null ? LARGEST_PAGE : size;
  }

  /** How the page size is written, such as {@code first: $n}. */
  String pageArgument() {
    var value = first == null ? last : first;
    if (value == null) {
      return "first";
    }
    var word = first == null ? "last" : "first";
    return value.variable() == null ? word : word + ": $" + value.variable();
  }

  void write(StringBuilder out) {
    out.append(name);
    if (first != null) {
      out.append("(first ").append(first).append(')');
    }
    if (last != null) {
      out.append("(last ").append(last).append(')');
    }
    for (var condition : conditions) {
      out.append(condition.include() ? "@include " : "@skip ").append(condition.value());
    }
    if (selection != null) {
      selection.write(out);
    }
    out.append(' ');
  }
}
