package com.hotdash.ops.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a document, reduced to what its cost depends on: fields, page sizes, conditions.
 * Aliases, ids, filters, names and white space are gone, so that documents which differ in nothing
 * else have the same {@link #normal}. Immutable once made.
 *
 * @param mutation whether it changes anything
 * @param root the root fields
 * @param variables the names of the variables that decide the cost, sorted
 * @param normal the document in its normal form
 */
record QueryShape(boolean mutation, QuerySelection root, List<String> variables, String normal) {
  /** The values that tell two calls of one shape apart. */
  CostKey key(Map<String, ?> values) {
    var deciding = new ArrayList<@Nullable Object>(variables.size() + 1);
    for (var name : variables) {
      var value = values.containsKey(name) ? values.get(name) : CostKey.UNSET;
      deciding.add(value instanceof Number number ? (Object) number.longValue() : value);
    }
    // A mutation may cost more for more input, as a Shopify engineer said (forum topic 24364).
    deciding.add(mutation ? CostKey.inputs(values) : 0);
    return new CostKey(normal, deciding);
  }
}
