package com.hotdash.ops.shopify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The fields between two braces, by key, those under a type condition apart. */
final class QuerySelection {
  final Map<String, QueryField> fields = new LinkedHashMap<>();
  final Map<String, QuerySelection> byType = new LinkedHashMap<>();

  private final String type;

  /**
   * Makes one without fields.
   *
   * @param type the type condition that it stands under, or nothing
   */
  QuerySelection(String type) {
    this.type = type;
  }

  QuerySelection under(String condition) {
    return condition.equals(type) ? this : byType.computeIfAbsent(condition, QuerySelection::new);
  }

  Set<String> names() {
    var names = new TreeSet<String>();
    fields.values().forEach(field -> names.add(field.name));
    // It can be asked of every object and costs nothing.
    names.remove("__typename");
    byType.values().forEach(branch -> names.addAll(branch.names()));
    return names;
  }

  /** Writes this so that two texts of the same document are equal. */
  void write(StringBuilder out) {
    out.append('{');
    for (var field : fields.values()) {
      field.write(out);
    }
    byType.forEach(
        (type, branch) -> {
          out.append("...").append(type);
          branch.write(out);
        });
    out.append('}');
  }
}
