package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What Shopify holds back for a document before it runs it: objects 1, connections {@code 2 +
 * floor(2 ln(max(2, n)))} times their items, values without identity nothing. The formula is the
 * one published in Shopify's developer forum (topic 24364) and held against live figures.
 */
final class RequestedCost {
  /** More than this in one document is refused, on every plan. */
  static final int MOST = 1_000;

  /** The largest page. */
  static final int MOST_ITEMS = 250;

  private static final int MUTATION = 10;
  private static final long HUGE = 1_000_000_000;
  private static final Set<String> MONEY = Set.of("amount", "currencyCode", "__typename");
  private static final Set<String> MONEY_BAG =
      Set.of("shopMoney", "presentmentMoney", "__typename");
  private static final Set<String> FREE =
      Set.of("pageInfo", "measurement", "unitCost", "currencyFormats", "userErrors");

  private final Map<String, Integer> mutations = new HashMap<>();

  RequestedCost() {
    mutations.put("draftOrderComplete", 11);
    mutations.put("stagedUploadsCreate", 11);
    mutations.put("priceListFixedPricesAdd", 11);
    mutations.put("productCreateMedia", 20);
    mutations.put("fulfillmentCreate", 24);
  }

  void mutation(String name, int cost) {
    mutations.put(name, cost);
  }

  int of(AskedDocument document) {
    return of(document, RequestedCost::pageSize);
  }

  /** With other sizes than those asked for, such as those returned. */
  int of(AskedDocument document, ToIntFunction<Asked> sizes) {
    int sum = 0;
    for (var field : document.rootFields()) {
      sum = capped((long) sum + root(document, field, sizes));
    }
    return sum;
  }

  static int pageSize(Asked connection) {
    Integer size = connection.pageSize();
    return size == null ? MOST_ITEMS : size;
  }

  /** As {@code Shopify-GraphQL-Cost-Debug} lists it, field by field. */
  List<Object> fields(AskedDocument document) {
    var listed = new ArrayList<Object>();
    for (var field : document.rootFields()) {
      int total = root(document, field, RequestedCost::pageSize);
      int own = document.mutation() ? total : Math.min(total, field.connection() ? 2 : 1);
      list(field, List.of(field.key), own, total, listed);
    }
    return listed;
  }

  private void list(Asked field, List<String> path, int own, int total, List<Object> listed) {
    listed.add(
        Json.of(
            "path", path,
            "definedCost", own,
            "requestedTotalCost", total,
            "requestedChildrenCost", total - own));
    for (var child : field.everything()) {
      var below = new ArrayList<>(path);
      below.add(child.key);
      int childTotal = cost(child, field, RequestedCost::pageSize);
      int childOwn = Math.min(childTotal, child.connection() ? 2 : child.leaf() ? 0 : 1);
      list(child, below, childOwn, childTotal, listed);
    }
  }

  private int root(AskedDocument document, Asked field, ToIntFunction<Asked> sizes) {
    return document.mutation()
        ? mutations.getOrDefault(field.name, MUTATION)
        : cost(field, document.root(), sizes);
  }

  private static int cost(Asked field, Asked parent, ToIntFunction<Asked> sizes) {
    if (field.leaf() || free(field, parent)) {
      return 0;
    }
    if (!field.connection()) {
      return sizes.applyAsInt(field) == 0 ? 1 : 1 + selection(field, parent, sizes);
    }
    int items = 0;
    for (var child : field.fields.values()) {
      if (child.name.equals("nodes")) {
        items = capped(items + 1L + selection(child, field, sizes));
      } else if (child.name.equals("edges")) {
        var node = child.field("node");
        items = capped(items + 1L + (node == null ? 0 : selection(node, field, sizes)));
      }
    }
    return capped(2 + (long) multiplier(sizes.applyAsInt(field)) * items);
  }

  /** Nested without bound, costs would grow past all numbers. */
  private static int capped(long cost) {
    return (int) Math.min(cost, HUGE);
  }

  static int multiplier(int pageSize) {
    return pageSize == 0 ? 0 : (int) Math.floor(2 * Math.log(Math.max(2, pageSize)));
  }

  /** The shared fields, and the dearest of the types. */
  private static int selection(Asked field, Asked parent, ToIntFunction<Asked> sizes) {
    // What stands under `nodes` or `node` belongs to the connection's own name.
    var owner = Set.of("nodes", "edges", "node").contains(field.name) ? parent : field;
    int dearest = 0;
    for (var branch : field.byType.values()) {
      dearest = Math.max(dearest, sum(branch.values(), owner, sizes));
    }
    return capped((long) sum(field.fields.values(), owner, sizes) + dearest);
  }

  private static int sum(Collection<Asked> fields, Asked parent, ToIntFunction<Asked> sizes) {
    int sum = 0;
    for (var field : fields) {
      sum = capped((long) sum + cost(field, parent, sizes));
    }
    return sum;
  }

  private static boolean free(Asked field, Asked parent) {
    return FREE.contains(field.name)
        || (field.name.equals("weight") && parent.name.equals("measurement"))
        || (field.name.equals("address")
            && parent.name.toLowerCase(Locale.ROOT).contains("location"))
        || only(field, MONEY, "amount")
        || only(field, MONEY_BAG, "Money");
  }

  private static boolean only(Asked field, Set<String> names, String wanted) {
    return field.byType.isEmpty()
        && field.fields.values().stream().allMatch(f -> names.contains(f.name))
        && field.fields.values().stream().anyMatch(f -> f.name.endsWith(wanted));
  }
}
