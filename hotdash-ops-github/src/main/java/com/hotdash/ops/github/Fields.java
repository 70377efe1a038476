package com.hotdash.ops.github;

import com.hotdash.ops.http.HttpAnswer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of GitHub, read without trust: a field that is missing, null or of another type
 * than expected is simply not there.
 */
record Fields(Map<?, ?> map) {
  static final Fields NONE = new Fields(Map.of());

  static Fields of(@Nullable Object any) {
    return any instanceof Map<?, ?> object ? new Fields(object) : NONE;
  }

  static Fields of(HttpAnswer answer) {
    return of(answer.jsonObject());
  }

  /** The objects of an answer that is an array. */
  static List<Fields> array(HttpAnswer answer) {
    return objects(Arrays.stream(answer.json(Object[].class)));
  }

  private static List<Fields> objects(Stream<?> elements) {
    return elements
        .filter(Map.class::isInstance)
        .map(each -> new Fields((Map<?, ?>) each))
        .toList();
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  @Nullable String text(String name) {
    var value = map.get(name);
    return value instanceof String || value instanceof Number ? value.toString() : null;
  }

  String text(String name, String otherwise) {
    var value = text(name);
    return value == null ? otherwise : value;
  }

  long number(String name) {
    return map.get(name) instanceof Number number ? number.longValue() : 0;
  }

  int count(String name) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(name)));
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(map.get(name));
  }

  @Nullable Instant instant(String name) {
    return instantOf(text(name));
  }

  static @Nullable Instant instantOf(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null; // a time in a form that nobody knows is a time not told
    }
  }

  Fields object(String name) {
    return of(map.get(name));
  }

  List<Fields> objects(String name) {
    return map.get(name) instanceof List<?> list ? objects(list.stream()) : List.of();
  }

  List<String> texts(String name) {
    return map.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
