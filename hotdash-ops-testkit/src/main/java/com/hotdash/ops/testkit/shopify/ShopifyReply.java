package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Shopify answers. Immutable.
 *
 * @param status the status code, or 0 if the connection is cut unanswered
 * @param headers by lower-case name, as HTTP/2 brings them
 * @param body the text
 */
public record ShopifyReply(int status, Map<String, String> headers, String body) {
  /** Copies the headers. */
  public ShopifyReply {
    headers = Map.copyOf(headers);
  }

  /**
   * Makes an answer with a JSON body.
   *
   * @param status the status code
   * @param body maps, lists, strings, numbers, booleans and nulls
   * @return the answer
   */
  public static ShopifyReply json(int status, Object body) {
    return new ShopifyReply(
        status, Map.of("content-type", "application/json; charset=utf-8"), Json.write(body));
  }

  /**
   * Returns the answer that is none: the connection is cut.
   *
   * @return the answer, with status 0
   */
  public static ShopifyReply cut() {
    return new ShopifyReply(0, Map.of(), "");
  }

  /**
   * Returns this answer with one more header.
   *
   * @param name in lower case
   * @param value replaces an earlier one
   * @return a copy
   */
  public ShopifyReply with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ShopifyReply(status, more, body);
  }

  Answer answer() {
    if (status == 0) {
      return Answer.closing();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Answer(status, headers, out -> out.write(bytes), bytes.length);
  }

  /** Leaves out the body, which may hold a token. */
  @Override
  public String toString() {
    return "ShopifyReply[" + status + ", " + body.length() + " characters]";
  }
}
