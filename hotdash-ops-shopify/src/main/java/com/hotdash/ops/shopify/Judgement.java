package com.hotdash.ops.shopify;

import com.hotdash.ops.shopify.ShopifyException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one reply means, by the error tables of shopify.md, sections 3, 5 and 7.
 *
 * @param status the HTTP status
 * @param refusal why it is no result, or {@code null} if it is one
 * @param ran whether it may have been carried out all the same, in whole or in part
 * @param message what the service said, not yet redacted; empty for a result
 * @param body the reply as JSON, or {@code null} if it is none
 * @param charge what it says about its cost, or {@code null} if nothing
 * @param retryAfter how long it asks to wait, or {@code null} if it does not
 * @param requestId the service's id of the call, or {@code null}
 */
record Judgement(
    int status,
    @Nullable Kind refusal,
    boolean ran,
    String message,
    @Nullable Map<String, @Nullable Object> body,
    @Nullable Charge charge,
    @Nullable Duration retryAfter,
    @Nullable String requestId) {
  private static final int LONGEST_MESSAGE = 500;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** The headers of a reply. */
  @FunctionalInterface
  interface Headers {
    /** Returns the first value of a header, in whatever case it was sent. */
    @Nullable String get(String name);
  }

  /** Judges a reply of the GraphQL API. */
  static Judgement ofGraphql(int status, Headers headers, byte[] bytes) {
    var body = ReplyJson.object(bytes);
    var id = headers.get("x-request-id");
    if (status < 200 || status > 299) {
      return ofStatus(status, headers, bytes, body, id);
    }
    if (body == null) {
      return new Judgement(
          status, Kind.NOT_UNDERSTOOD, true, "a body that is no JSON object", null, null, null, id);
    }
    var charge = charge(body);
    var errors = body.get("errors");
    var refusal = GraphqlErrors.kind(errors, body);
    return new Judgement(
        status,
        refusal,
        refusal == null || GraphqlErrors.ran(errors, body),
        refusal == null ? "" : cut(GraphqlErrors.message(errors)),
        body,
        charge,
        null,
        id == null ? GraphqlErrors.requestId(errors) : id);
  }

  /** Judges a reply of the REST API. */
  static Judgement ofRest(int status, Headers headers, byte[] bytes) {
    var body = ReplyJson.object(bytes);
    var id = headers.get("x-request-id");
    return status >= 200 && status <= 299
        ? new Judgement(status, null, true, "", body, null, null, id)
        : ofStatus(status, headers, bytes, body, id);
  }

  private static Judgement ofStatus(
      int status,
      Headers headers,
      byte[] bytes,
      @Nullable Map<String, @Nullable Object> body,
      @Nullable String id) {
    var message =
        body == null
            ? new String(bytes, 0, Math.min(bytes.length, LONGEST_MESSAGE), StandardCharsets.UTF_8)
            : GraphqlErrors.message(body.get("errors"));
    var kind = HttpRefusals.kind(status, message.toLowerCase(Locale.ROOT));
    return new Judgement(
        status,
        kind,
        Treatment.of(kind).ran(),
        cut(message),
        body,
        body == null ? null : charge(body),
        wait(headers.get("retry-after")),
        id);
  }

  /** Whether it tells how the bucket stands. */
  boolean tellsBucket() {
    return charge != null && charge.throttleStatus() != null;
  }

  /** Returns what a document asks for that asks for too much, or {@code null} if it is not told. */
  @Nullable Integer tooDear() {
    if (refusal != Kind.MAX_COST_EXCEEDED || body == null) {
      return null;
    }
    for (var error : ReplyJson.list(body.get("errors"))) {
      var cost = ReplyJson.number(ReplyJson.at(error, "extensions", "cost"));
      if (cost != null && cost > ShopGate.MOST_FOR_ONE && cost < Integer.MAX_VALUE) {
        return (int) Math.ceil(cost);
      }
    }
    return null;
  }

  Treatment treatment() {
    if (refusal == null) {
      throw new IllegalStateException("a result needs no treatment");
    }
    return Treatment.of(refusal);
  }

  private static @Nullable Charge charge(Map<String, @Nullable Object> body) {
    var cost = ReplyJson.at(body, "extensions", "cost");
    var requested = ReplyJson.number(ReplyJson.at(cost, "requestedQueryCost"));
    if (requested == null || requested < 0) {
      return null;
    }
    var actual = ReplyJson.number(ReplyJson.at(cost, "actualQueryCost"));
    return new Charge(requested, actual == null || actual < 0 ? null : actual, throttle(cost));
  }

  private static @Nullable ThrottleStatus throttle(@Nullable Object cost) {
    var status = ReplyJson.at(cost, "throttleStatus");
    var maximum = ReplyJson.number(ReplyJson.at(status, "maximumAvailable"));
    var available = ReplyJson.number(ReplyJson.at(status, "currentlyAvailable"));
    var rate = ReplyJson.number(ReplyJson.at(status, "restoreRate"));
    return maximum == null || available == null || rate == null || maximum <= 0 || rate <= 0
        ? null
        : new ThrottleStatus(maximum, available, rate);
  }

  /** Decimal seconds, as measured: {@code "4.0"} (shopify.md, section 1). */
  static @Nullable Duration wait(@Nullable String value) {
    var text = value == null ? "" : value.strip();
    if (!text.matches("\\d{1,9}(\\.\\d{0,9})?")) {
      return null;
    }
    var wait = Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1_000));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static String cut(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
