package com.hotdash.ops.statuspage;

import com.hotdash.ops.http.Excerpt;
import com.hotdash.ops.secret.Redactor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a stranger's JSON, asked field by field; what has another type is not there. */
final class Fields {
  private final Map<?, ?> values;
  private final Redactor redactor;

  Fields(@Nullable Object value, Redactor redactor) {
    this.values = value instanceof Map<?, ?> map ? map : new LinkedHashMap<String, String>();
    this.redactor = redactor;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  @Nullable String text(String name) {
    return values.get(name) instanceof String text && !text.isBlank()
        ? Excerpt.of(text, redactor)
        : null;
  }

  String text(String name, String otherwise) {
    var text = text(name);
    return text == null ? otherwise : text;
  }

  @Nullable Instant time(String name) {
    if (!(values.get(name) instanceof String text)) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null; // a time that cannot be read is no time
    }
  }

  boolean isList(String name) {
    return values.get(name) instanceof List<?>;
  }

  Fields object(String name) {
    return new Fields(values.get(name), redactor);
  }

  List<Fields> list(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().map(each -> new Fields(each, redactor)).toList()
        : List.of();
  }
}
