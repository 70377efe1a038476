package com.hotdash.ops.testkit.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a simulator's route answers. Immutable.
 *
 * @param status the status code
 * @param headers name to value
 * @param body writes the body; called once for each time that the answer is sent
 * @param length the body's bytes, or -1 if they are not known before (the answer is then chunked)
 */
public record Answer(int status, Map<String, String> headers, Body body, long length) {
  private static final Body NOTHING = out -> {};
  private static final Answer HANGING = new Answer(0, Map.of("testkit", "hanging"), NOTHING, 0);
  private static final Answer CLOSING = new Answer(0, Map.of("testkit", "closing"), NOTHING, 0);

  /** Writes a body piece by piece, so that a large one is never held. */
  @FunctionalInterface
  public interface Body {
    /**
     * Writes the whole body.
     *
     * @param out where to; not closed by this
     * @throws IOException if the client went away
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /**
   * Makes an answer with a text.
   *
   * @param status the status code
   * @param contentType the content type
   * @param text the body
   * @return the answer
   */
  public static Answer text(int status, String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Answer(
        status, Map.of("Content-Type", contentType), out -> out.write(bytes), bytes.length);
  }

  /**
   * Makes an answer with a JSON body.
   *
   * @param status the status code
   * @param value maps, lists, strings, numbers, booleans and nulls
   * @return the answer
   */
  public static Answer json(int status, Object value) {
    return text(status, "application/json; charset=utf-8", Json.write(value));
  }

  /**
   * Makes an answer without a body.
   *
   * @param status the status code
   * @return the answer
   */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), NOTHING, 0);
  }

  /**
   * Returns the answer that never comes: the connection stays open.
   *
   * @return the answer
   */
  public static Answer hanging() {
    return HANGING;
  }

  /**
   * Returns the answer that is none: the connection is closed.
   *
   * @return the answer
   */
  public static Answer closing() {
    return CLOSING;
  }

  /**
   * Makes an answer whose body's length is not known before.
   *
   * @param contentType the content type
   * @param body what to write
   * @return the answer, with status 200
   */
  public static Answer streamed(String contentType, Body body) {
    return new Answer(200, Map.of("Content-Type", contentType), body, -1);
  }

  /**
   * Returns this answer with one more header.
   *
   * @param name the name
   * @param value the value; replaces an earlier one
   * @return a copy
   */
  public Answer with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body, length);
  }
}
