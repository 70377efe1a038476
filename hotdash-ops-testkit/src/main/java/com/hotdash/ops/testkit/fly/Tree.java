package com.hotdash.ops.testkit.fly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into JSON that is held as maps and lists. */
final class Tree {
  private Tree() {}

  static @Nullable Map<String, @Nullable Object> object(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((name, member) -> copy.put(String.valueOf(name), member));
    return copy;
  }

  /** Returns the object, or an empty one if the value is none. */
  static Map<String, @Nullable Object> members(@Nullable Object value) {
    var found = object(value);
    return found == null ? Map.of() : found;
  }

  static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? new ArrayList<@Nullable Object>(list) : List.of();
  }

  static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  static @Nullable Long number(@Nullable Object value) {
    return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : null;
  }

  static boolean yes(@Nullable Object value) {
    return Boolean.TRUE.equals(value);
  }

  /** Copies maps and lists all the way down, so that nobody shares them. */
  static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((name, member) -> copy.put(String.valueOf(name), copy(member)));
      return copy;
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<@Nullable Object>();
      list.forEach(member -> copy.add(copy(member)));
      return copy;
    }
    return value;
  }

  static Map<String, @Nullable Object> copyMembers(Map<String, ? extends @Nullable Object> map) {
    return members(copy(map));
  }
}
