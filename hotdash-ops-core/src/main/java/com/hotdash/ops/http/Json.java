package com.hotdash.ops.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.hotdash.ops.http.HttpProtocolException.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one place where JSON is read and written. */
final class Json {
  static final int DEEPEST = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // An object that is read as a map must go back to the service with the numbers it had.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      // Without cause: Jackson quotes values.
      throw new IllegalArgumentException(value.getClass().getName() + " cannot be written as JSON");
    }
  }

  static <T> T read(byte[] body, Class<T> type, HttpHead head, CallContext context) {
    return read(body, b -> MAPPER.readValue(b, type), type.getSimpleName(), head, context);
  }

  static Map<String, @Nullable Object> readObject(byte[] body, HttpHead head, CallContext context) {
    var type =
        MAPPER.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class);
    return read(body, b -> MAPPER.readValue(b, type), "an object", head, context);
  }

  private static <T> T read(
      byte[] body, Parser<T> parser, String name, HttpHead head, CallContext context) {
    int first = firstVisible(body);
    var contentType = head.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (first < 0 || body[first] == '<' || contentType.startsWith("text/html")) {
      throw context.protocol(
          Kind.NOT_JSON,
          head,
          notJson(body, first, context),
          "check that the base address is the API's, and that no proxy or login page stands before it");
    }
    try {
      var value = parser.parse(body);
      if (value == null) {
        throw context.protocol(Kind.BAD_JSON, head, "null where " + name + " was expected", null);
      }
      return value;
    } catch (IOException e) {
      throw context.protocol(
          Kind.BAD_JSON,
          head,
          problem(e, name),
          "compare the service's answer with the API version in use");
    }
  }

  private static String notJson(byte[] body, int first, CallContext context) {
    return first < 0
        ? "an empty body where JSON was expected"
        : "HTML where JSON was expected: " + Excerpt.of(body, context.redactor());
  }

  private static int firstVisible(byte[] body) {
    for (int i = 0; i < body.length; i++) {
      if (body[i] > ' ' || body[i] < 0) {
        return i;
      }
    }
    return -1;
  }

  // Own words: Jackson's text quotes the value that did not fit, which may be anybody's secret.
  private static String problem(IOException thrown, String name) {
    // Inside an array Jackson wraps what is wrong with the text into what is wrong with the value.
    var e = thrown.getCause() instanceof JsonProcessingException inner ? inner : thrown;
    if (e instanceof StreamConstraintsException) {
      return "JSON beyond the limits of this client (nesting deeper than "
          + DEEPEST
          + ", or a single value too long)";
    }
    if (e instanceof JsonMappingException mapping) {
      var path =
          mapping.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : step.getFieldName())
              .collect(Collectors.joining("."));
      return "JSON that does not fit " + name + " at " + (path.isEmpty() ? "its root" : path);
    }
    var place = e instanceof JacksonException jackson ? jackson.getLocation() : null;
    return "malformed JSON"
        + (place == null
            ? ""
            : " at line " + place.getLineNr() + ", column " + place.getColumnNr());
  }

  private interface Parser<T> {
    @Nullable T parse(byte[] body) throws IOException;
  }
}
