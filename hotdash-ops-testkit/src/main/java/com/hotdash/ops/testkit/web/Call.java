package com.hotdash.ops.testkit.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, as a simulator's route sees it.
 *
 * @param method such as {@code POST}
 * @param path without the query, as it was encoded
 * @param rawQuery without the {@code ?}, or null
 * @param headers by lower-case name; of a repeated header the last
 * @param body the text, empty if there was none
 */
public record Call(
    String method,
    String path,
    @Nullable String rawQuery,
    Map<String, String> headers,
    String body) {
  /** Copies the headers. */
  public Call {
    headers = Map.copyOf(headers);
  }

  /**
   * Returns a header.
   *
   * @param name in any letter case
   * @return its value, or null if it did not come
   */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the parts of the path between its slashes, decoded. A trailing slash gives an empty
   * last part.
   *
   * @return the parts
   */
  public List<String> segments() {
    var parts = new ArrayList<String>();
    for (String part : path.substring(1).split("/", -1)) {
      parts.add(decode(part.replace("+", "%2B")));
    }
    return parts;
  }

  /**
   * Returns the query's parameters, decoded; of a repeated one the last.
   *
   * @return name to value, in the order sent
   */
  public Map<String, String> query() {
    var found = new LinkedHashMap<String, String>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          found.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
    }
    return found;
  }

  /** Leaves out headers and body: both may hold a credential. */
  @Override
  public String toString() {
    return method + ' ' + path;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A service takes a broken escape for what it is: text that names nothing.
      return text;
    }
  }
}
