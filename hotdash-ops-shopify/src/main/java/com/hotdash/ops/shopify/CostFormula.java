package com.hotdash.ops.shopify;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The requested cost of a shape: objects 1, scalars 0, connections {@code 2 + floor(2 ln(max(2,
 * n)))} times their items, of types that exclude one another the dearest. The formula comes from
 * Shopify's developer forum (topic 24364) and holds 14 of 16 live figures exactly, up to 431
 * points; the other two are mutations. Thread-safe for one call each.
 */
final class CostFormula {
  /** Of the payload of a mutation only what is nested in its objects adds to this. */
  private static final int MUTATION = 10;

  /** Shopify allows 1,000: beyond this the exact number helps nobody. */
  private static final long HUGE = 1_000_000;

  private static final Set<String> WITHIN_CONNECTION = Set.of("nodes", "edges", "node");

  private final CostTables tables;
  private final Map<String, ?> variables;
  private final IdentityHashMap<QueryField, Integer> otherSizes = new IdentityHashMap<>();

  CostFormula(CostTables tables, Map<String, ?> variables) {
    this.tables = tables;
    this.variables = variables;
  }

  /** Reckons with another page size than the document's. */
  void size(QueryField connection, int size) {
    otherSizes.put(connection, size);
  }

  int size(QueryField connection) {
    var other = otherSizes.get(connection);
    return other == null ? connection.pageSize(variables) : other;
  }

  int of(QueryShape shape) {
    if (!shape.mutation()) {
      return (int) selection(shape.root(), "");
    }
    return (int) mutations(shape.root());
  }

  static int multiplier(int pageSize) {
    return pageSize == 0 ? 0 : (int) Math.floor(2 * Math.log(Math.max(2, pageSize)));
  }

  private long mutations(QuerySelection root) {
    long sum = 0;
    for (var field : root.fields.values()) {
      if (field.asked(variables)) {
        var known = tables.mutation(field.name);
        long nested = field.selection == null ? 0 : nested(field.selection);
        sum += Math.max(known == null ? 0 : known, MUTATION + nested);
      }
    }
    for (var branch : root.byType.values()) {
      sum += mutations(branch);
    }
    return Math.min(HUGE, sum);
  }

  /**
   * What a payload adds: its own objects nothing, what is below them as usual. Not documented; it
   * is what the live figures of three pairs have in common.
   */
  private long nested(QuerySelection payload) {
    long sum = 0;
    for (var field : payload.fields.values()) {
      long cost = cost(field, "");
      sum += cost == 0 || field.connection() ? cost : cost - 1;
    }
    for (var branch : payload.byType.values()) {
      sum += nested(branch);
    }
    return Math.min(HUGE, sum);
  }

  private long cost(QueryField field, String owner) {
    var selection = field.selection;
    if (selection == null || !field.asked(variables)) {
      return 0;
    }
    if (tables.free(field.name, owner, selection.names())) {
      return 0;
    }
    if (!field.connection()) {
      return Math.min(HUGE, 1 + selection(selection, owner(field, owner)));
    }
    long items = 0;
    for (var child : selection.fields.values()) {
      if (child.selection == null || !child.asked(variables)) {
        continue;
      }
      if (child.name.equals("nodes")) {
        items += 1 + selection(child.selection, field.name);
      } else if (child.name.equals("edges")) {
        items += 1 + edge(child.selection, field.name);
      }
    }
    return Math.min(HUGE, 2 + multiplier(size(field)) * items);
  }

  private long edge(QuerySelection edge, String owner) {
    long sum = 0;
    for (var child : edge.fields.values()) {
      if (child.selection != null && child.asked(variables)) {
        sum += child.name.equals("node") ? selection(child.selection, owner) : cost(child, owner);
      }
    }
    return sum;
  }

  private long selection(QuerySelection selection, String owner) {
    long sum = 0;
    for (var field : selection.fields.values()) {
      sum += cost(field, owner);
    }
    long dearest = 0;
    for (var branch : selection.byType.entrySet()) {
      long cost = selection(branch.getValue(), owner);
      if (tables.isInterface(branch.getKey())) {
        sum += cost;
      } else {
        dearest = Math.max(dearest, cost);
      }
    }
    return Math.min(HUGE, sum + dearest);
  }

  /** What stands under {@code nodes} belongs to the name of the connection. */
  private static String owner(QueryField field, String owner) {
    return WITHIN_CONNECTION.contains(field.name) && !owner.isEmpty() ? owner : field.name;
  }
}
