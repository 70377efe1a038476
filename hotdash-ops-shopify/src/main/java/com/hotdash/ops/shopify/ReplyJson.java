package com.hotdash.ops.shopify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects of others, of which every part may be missing or of another kind. */
final class ReplyJson {
  private static final int DEEPEST = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ReplyJson() {}

  /** Returns the object, or {@code null} if the bytes are none. */
  static @Nullable Map<String, @Nullable Object> object(byte[] bytes) {
    try {
      return map(MAPPER.readValue(bytes, Object.class));
    } catch (IOException e) {
      return null; // what is no JSON is judged as text
    }
  }

  @SuppressWarnings("unchecked") // JSON objects have names only
  static @Nullable Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
  }

  static @Nullable Object at(@Nullable Object value, String... path) {
    var at = value;
    for (var name : path) {
      var map = map(at);
      at = map == null ? null : map.get(name);
    }
    return at;
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  static @Nullable Double number(@Nullable Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue())
        ? (Double) number.doubleValue()
        : null;
  }
}
