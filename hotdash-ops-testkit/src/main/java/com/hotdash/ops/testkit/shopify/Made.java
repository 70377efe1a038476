package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers any document with made-up values in the shape that it asks for: what is known of the shop
 * as it is, all else by the names of the fields.
 */
final class Made {
  private static final int USUAL_ROWS = 3;

  private final Map<String, Integer> rows = new HashMap<>();
  private final Instant now;

  Made(Map<String, Integer> rows, Instant now) {
    this.rows.putAll(rows);
    this.now = now;
  }

  /** How many items a page of a connection brings. */
  int returned(Asked connection) {
    int asked = RequestedCost.pageSize(connection);
    return Math.max(0, Math.min(asked, total(connection) - offset(connection)));
  }

  @Nullable Object value(Asked field, @Nullable Object known, int number) {
    if (field.leaf()) {
      return known == null ? leaf(field.name, number) : known;
    }
    if (known instanceof List<?> list && !field.connection()) {
      var shaped = new ArrayList<@Nullable Object>();
      list.forEach(element -> shaped.add(object(field, element, number)));
      return shaped;
    }
    if (field.connection()) {
      return connection(field, known instanceof List<?> list ? list : null);
    }
    return known == null && returned(field) == 0 ? null : object(field, known, number);
  }

  private Object connection(Asked field, @Nullable List<?> known) {
    int offset = offset(field);
    int total = known == null ? total(field) : known.size();
    int count = Math.max(0, Math.min(RequestedCost.pageSize(field), total - offset));
    var shaped = new LinkedHashMap<String, @Nullable Object>();
    for (var child : field.fields.values()) {
      switch (child.name) {
        case "nodes" -> shaped.put(child.key, items(child, known, offset, count));
        case "edges" -> shaped.put(child.key, edges(child, known, offset, count));
        case "pageInfo" -> shaped.put(child.key, page(child, offset, count, total));
        default -> shaped.put(child.key, value(child, null, 1));
      }
    }
    return shaped;
  }

  private List<@Nullable Object> items(
      Asked field, @Nullable List<?> known, int offset, int count) {
    var items = new ArrayList<@Nullable Object>();
    for (int i = offset; i < offset + count; i++) {
      items.add(object(field, known == null ? null : known.get(i), i + 1));
    }
    return items;
  }

  private List<Object> edges(Asked field, @Nullable List<?> known, int offset, int count) {
    var edges = new ArrayList<Object>();
    for (int i = offset; i < offset + count; i++) {
      var edge = new LinkedHashMap<String, @Nullable Object>();
      for (var child : field.fields.values()) {
        edge.put(
            child.key,
            child.name.equals("node")
                ? object(child, known == null ? null : known.get(i), i + 1)
                : child.name.equals("cursor") ? cursor(i) : leaf(child.name, i + 1));
      }
      edges.add(edge);
    }
    return edges;
  }

  private static Object page(Asked field, int offset, int count, int total) {
    var page = new LinkedHashMap<String, @Nullable Object>();
    for (var child : field.fields.values()) {
      page.put(
          child.key,
          switch (child.name) {
            case "hasNextPage" -> offset + count < total;
            case "hasPreviousPage" -> offset > 0;
            case "startCursor" -> count == 0 ? null : cursor(offset);
            case "endCursor" -> count == 0 ? null : cursor(offset + count - 1);
            default -> "PageInfo";
          });
    }
    return page;
  }

  private Object object(Asked field, @Nullable Object known, int number) {
    var members = known instanceof Map<?, ?> map ? map : Map.of();
    var shaped = new LinkedHashMap<String, @Nullable Object>();
    for (var child : field.fields.values()) {
      shaped.put(child.key, value(child, members.get(child.name), number));
    }
    for (var type : field.byType.values()) {
      // An object is of one type: here of the first that was asked about.
      for (var child : type.values()) {
        shaped.putIfAbsent(child.key, value(child, members.get(child.name), number));
      }
      break;
    }
    return shaped;
  }

  private @Nullable Object leaf(String name, int number) {
    if (name.equals("id")) {
      return "gid://shopify/Thing/" + number;
    }
    if (name.equals("tags")) {
      return List.of();
    }
    if (name.endsWith("At")) {
      return now.toString();
    }
    if (name.startsWith("is") || name.startsWith("has")) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("count") || lower.endsWith("quantity")) {
      return number;
    }
    return name.equals("amount") ? "1.00" : name + ' ' + number;
  }

  private int total(Asked connection) {
    return rows.getOrDefault(connection.name, USUAL_ROWS);
  }

  private static int offset(Asked connection) {
    return connection.arguments.get("after") instanceof String after && after.matches("c[0-9]{1,8}")
        ? Integer.parseInt(after.substring(1)) + 1
        : 0;
  }

  private static String cursor(int index) {
    return "c" + index;
  }

  static Map<String, @Nullable Object> shop(String domain) {
    return Json.of("name", domain.replace(".myshopify.com", ""), "myshopifyDomain", domain);
  }
}
