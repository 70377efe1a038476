package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code extensions.search}: how a filter was understood. A count of variants knows no filter by
 * time, says so here, and counts everything; measured on a live shop.
 */
final class SearchWarnings {
  private static final Pattern SINCE = Pattern.compile("(\\w+):>='([^']*)'");

  private SearchWarnings() {}

  static List<Object> of(AskedDocument document) {
    var found = new ArrayList<Object>();
    for (var field : document.rootFields()) {
      if (field.name.equals("productVariantsCount")
          && field.arguments.get("query") instanceof String query) {
        var since = SINCE.matcher(query);
        if (since.matches()) {
          found.add(ignored(field.key, query, since.group(1), since.group(2)));
        }
      }
    }
    return found;
  }

  private static Object ignored(String key, String query, String field, String from) {
    var warning =
        Json.of(
            "field", field,
            "message", "Invalid search field for this query.",
            "code", "invalid_field");
    return Json.of(
        "path", List.of(key),
        "query", query,
        "parsed", Json.of("field", field, "range_gte", from),
        "warnings", List.of(warning));
  }
}
