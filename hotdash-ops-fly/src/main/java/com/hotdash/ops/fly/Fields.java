package com.hotdash.ops.fly;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as the service sent it. Any field may be missing, null, or of another type than
 * documented; all three read as "not there".
 */
record Fields(Map<String, @Nullable Object> map) {
  static final Fields NONE = new Fields(Map.of());

  static Fields of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return NONE;
    }
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    return new Fields(copy);
  }

  static List<Fields> listOf(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().filter(item -> item instanceof Map).map(Fields::of).toList()
        : List.of();
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  /** Text, or a number or truth value as text: a cursor of 19 digits comes in both forms. */
  @Nullable String text(String name) {
    var value = map.get(name);
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }

  String text(String name, String otherwise) {
    var text = text(name);
    return text == null ? otherwise : text;
  }

  @Nullable Long number(String name) {
    var value = map.get(name);
    if (value instanceof Number number) {
      return number.longValue();
    }
    return value instanceof String text && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : null;
  }

  int integer(String name, int otherwise) {
    var number = number(name);
    return number == null ? otherwise : number.intValue();
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(map.get(name));
  }

  Fields object(String name) {
    return of(map.get(name));
  }

  List<Fields> objects(String name) {
    return listOf(map.get(name));
  }

  Map<String, String> texts(String name) {
    var inner = object(name);
    var texts = new LinkedHashMap<String, String>();
    inner.map.keySet().forEach(key -> present(inner, key).ifPresent(text -> texts.put(key, text)));
    return texts;
  }

  @Nullable Instant time(String name) {
    return Texts.time(text(name));
  }

  /** Copies deeply, so that a change of the copy is no change of this. */
  Map<String, @Nullable Object> copy() {
    return copied(map);
  }

  private static Map<String, @Nullable Object> copied(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), copied(value)));
    return copy;
  }

  private static @Nullable Object copied(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return copied(map);
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<@Nullable Object>();
      list.forEach(item -> copy.add(copied(item)));
      return copy;
    }
    return value;
  }

  private static Optional<String> present(Fields fields, String key) {
    return Optional.ofNullable(fields.text(key));
  }

  /** Names only: values may be anybody's secrets. */
  @Override
  public String toString() {
    return "Fields" + map.keySet();
  }
}
