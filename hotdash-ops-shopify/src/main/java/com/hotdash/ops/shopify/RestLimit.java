package com.hotdash.ops.shopify;

import org.jspecify.annotations.Nullable;

/** The REST bucket, as {@code X-Shopify-Shop-Api-Call-Limit} tells it: {@code used/size}. */
final class RestLimit {
  /** 40 leak 2, 80 leak 4, 400 leak 20 a second (shopify.md, section 3). */
  private static final double SECONDS_TO_EMPTY = 20;

  private RestLimit() {}

  /** Returns the bucket, or {@code null} if the header tells none; a 429 has none. */
  static @Nullable ThrottleStatus status(@Nullable String header) {
    if (header == null || !header.strip().matches("\\d{1,6}/0*[1-9]\\d{0,5}")) {
      return null;
    }
    var parts = header.strip().split("/", -1);
    double size = Double.parseDouble(parts[1]);
    return new ThrottleStatus(size, size - Double.parseDouble(parts[0]), size / SECONDS_TO_EMPTY);
  }

  /** The bucket after a 429, by what was known of it before. */
  static ThrottleStatus full(GateStatus known) {
    return new ThrottleStatus(known.maximumAvailable(), 0, known.restoreRate());
  }
}
