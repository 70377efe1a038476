package com.hotdash.ops.shop;

/**
 * One event of a shop, and where it is told.
 *
 * @param topic the event, such as {@code ORDERS_CREATE}
 * @param uri where it is told, such as {@code https://hotdash.example/webhooks}; holds no secret
 */
public record Subscription(String topic, String uri) {
  /** Checks the form of both. */
  public Subscription {
    if (!topic.matches("[A-Z][A-Z0-9_]{2,80}")) {
      throw new IllegalArgumentException("a topic is written as ORDERS_CREATE");
    }
    if (!uri.matches("\\S{8,2000}")) {
      throw new IllegalArgumentException("an address has 8 to 2,000 characters and no blank");
    }
  }

  @Override
  public String toString() {
    return topic + " to " + uri;
  }
}
