package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The webhook subscriptions that one app made through the Admin API. */
final class Subscriptions {
  /** After so many failed deliveries in a row the subscription is deleted. */
  private static final int MOST_FAILURES = 8;

  private final List<One> subscriptions = new ArrayList<>();
  private long ids = 1_000;
  private long deliveries;

  private static final class One {
    private final String id;
    private final String topic;
    private final String uri;
    private final String filter;
    private final String format;
    private int failures;

    private One(String id, String topic, String uri, String filter, String format) {
      this.id = id;
      this.topic = topic;
      this.uri = uri;
      this.filter = filter;
      this.format = format;
    }

    private Map<String, @Nullable Object> json() {
      return Json.of(
          "id",
          id,
          "topic",
          topic,
          "uri",
          uri,
          "callbackUrl",
          uri,
          "format",
          format,
          "filter",
          filter);
    }
  }

  Map<String, @Nullable Object> create(String topic, String uri, String filter, String format) {
    var made = new One("gid://shopify/WebhookSubscription/" + ++ids, topic, uri, filter, format);
    subscriptions.add(made);
    return made.json();
  }

  /** That Shopify refuses a second one of the same kind is told by callers, not documented. */
  boolean exists(String topic, String uri, String filter) {
    return subscriptions.stream()
        .anyMatch(s -> s.topic.equals(topic) && s.uri.equals(uri) && s.filter.equals(filter));
  }

  boolean delete(String id) {
    return subscriptions.removeIf(s -> s.id.equals(id));
  }

  /** Those of some topics, or all if none is named. */
  List<Object> list(List<?> topics) {
    var found = new ArrayList<Object>();
    for (var each : subscriptions) {
      if (topics.isEmpty() || topics.contains(each.topic)) {
        found.add(each.json());
      }
    }
    return found;
  }

  List<ShopifyWebhook> emit(
      String topic, String payload, Secret secret, String domain, String version, Instant now) {
    var event = new UUID(0x5e7e11L << 40, ++deliveries).toString();
    var found = new ArrayList<ShopifyWebhook>();
    for (var each : subscriptions) {
      if (each.topic.equals(topic)) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Shopify-Topic", headerForm(topic));
        headers.put("X-Shopify-Hmac-Sha256", signature(payload, secret));
        headers.put("X-Shopify-Shop-Domain", domain);
        headers.put("X-Shopify-API-Version", version);
        headers.put("X-Shopify-Webhook-Id", new UUID(0xde11L << 48, ++deliveries).toString());
        headers.put("X-Shopify-Event-Id", event);
        headers.put("X-Shopify-Triggered-At", now.toString());
        found.add(new ShopifyWebhook(each.uri, each.id, headers, payload));
      }
    }
    return found;
  }

  void delivered(String id, int status) {
    for (var each : subscriptions) {
      if (each.id.equals(id)) {
        each.failures = status >= 200 && status < 300 ? 0 : each.failures + 1;
      }
    }
    subscriptions.removeIf(s -> s.failures >= MOST_FAILURES);
  }

  /** Such as {@code orders/create} for {@code ORDERS_CREATE}. */
  private static String headerForm(String topic) {
    int last = topic.lastIndexOf('_');
    var lower = topic.toLowerCase(Locale.ROOT);
    return switch (topic) {
      case "APP_SCOPES_UPDATE" -> "app/scopes_update";
      default -> last < 0 ? lower : lower.substring(0, last) + '/' + lower.substring(last + 1);
    };
  }

  private static String signature(String payload, Secret secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
