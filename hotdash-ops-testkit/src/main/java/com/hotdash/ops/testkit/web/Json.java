package com.hotdash.ops.testkit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists, for the simulators. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /**
   * Writes a value.
   *
   * @param value maps, lists, strings, numbers, booleans and nulls
   * @return the JSON text
   */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON", e);
    }
  }

  /**
   * Reads an object.
   *
   * @param text the JSON text
   * @return its members, or null if the text is not a JSON object
   */
  @SuppressWarnings("unchecked") // A JSON object has no keys but strings.
  public static @Nullable Map<String, @Nullable Object> object(String text) {
    try {
      return MAPPER.readValue(text, Object.class) instanceof Map<?, ?> map
          ? (Map<String, @Nullable Object>) map
          : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /**
   * Makes an object of pairs.
   *
   * @param pairs a name, its value, the next name and so on; a value may be null
   * @return the members, in this order
   */
  public static Map<String, @Nullable Object> of(@Nullable Object... pairs) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      members.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return members;
  }
}
