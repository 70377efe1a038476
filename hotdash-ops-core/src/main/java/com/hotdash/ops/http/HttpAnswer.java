package com.hotdash.ops.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A whole answer, body included. Immutable and thread-safe. It prints no header and no body. */
public final class HttpAnswer {
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private final HttpHead head;
  private final byte[] body;
  private final boolean cut;
  private final CallContext context;

  HttpAnswer(HttpHead head, byte[] body, boolean cut, CallContext context) {
    this.head = head;
    this.body = body;
    this.cut = cut;
    this.context = context;
  }

  /**
   * Returns status and headers.
   *
   * @return the head
   */
  public HttpHead head() {
    return head;
  }

  /**
   * Returns the status.
   *
   * @return the HTTP status code
   */
  public int status() {
    return head.status();
  }

  /**
   * Returns the first value of a header.
   *
   * @param name the header's name, in any case
   * @return the value, if the header is there
   */
  public Optional<String> header(String name) {
    return head.header(name);
  }

  /**
   * Returns the service's own id of the call.
   *
   * @return the id, if the service gave one
   */
  public Optional<String> requestId() {
    return Optional.ofNullable(head.requestId());
  }

  /**
   * Returns the body.
   *
   * @return a copy of the bytes, decompressed; empty if there was no body
   */
  public byte[] bytes() {
    return body.clone();
  }

  /**
   * Returns whether the body is only a part: that happens in the answer of a {@link
   * HttpStatusException} alone.
   *
   * @return true if the body was cut
   */
  public boolean cut() {
    return cut;
  }

  /**
   * Returns the body as text, in the charset that the service named, else UTF-8. Bytes that are no
   * characters are replaced.
   *
   * @return the text
   */
  public String text() {
    return new String(body, charset());
  }

  /**
   * Reads the body as JSON into a record of the caller. Unknown fields are left out, missing ones
   * are {@code null}; nesting deeper than 64 and text after the document are refused.
   *
   * @param type a record or class, or an array of those; its package must be open to {@code
   *     com.fasterxml.jackson.databind}
   * @param <T> the type
   * @return the value
   * @throws HttpProtocolException if the body is not JSON or does not fit. After a write its
   *     outcome is unknown: the service answered, but not in its own words
   */
  public <T> T json(Class<T> type) {
    return Json.read(body, type, head, context);
  }

  /**
   * Reads the body as one JSON object with every field that it has, for what must go back to the
   * service whole. Numbers with a fraction keep their digits, as {@code BigDecimal}.
   *
   * @return the fields, in the service's order; may be changed by the caller
   * @throws HttpProtocolException if the body is not one JSON object
   */
  public Map<String, @Nullable Object> jsonObject() {
    return Json.readObject(body, head, context);
  }

  private Charset charset() {
    var named = CHARSET.matcher(header("Content-Type").orElse(""));
    if (!named.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(named.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8; // a charset nobody knows is no reason to lose the text
    }
  }

  @Override
  public String toString() {
    return "HttpAnswer["
        + status()
        + ", "
        + body.length
        + " bytes, request id "
        + head.requestId()
        + "]";
  }
}
