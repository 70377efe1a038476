package com.hotdash.ops.shopify;

import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Shopify documents of the versions of its API (shopify.md, section 2). */
final class ApiVersions {
  private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}");
  private static final int LAST_DAY = 16;
  private static final LocalTime LAST_HOUR = LocalTime.of(15, 0);

  private ApiVersions() {}

  /** A version answers until the 16th of its month a year later, 15:00 UTC. */
  static @Nullable Instant accessibleUntil(String version) {
    return DATED.matcher(version).matches()
        ? YearMonth.parse(version)
            .plusYears(1)
            .atDay(LAST_DAY)
            .atTime(LAST_HOUR)
            .toInstant(ZoneOffset.UTC)
        : null;
  }

  /** Finds the newest that is supported; release candidates are not. */
  static @Nullable String newest(@Nullable Object listed) {
    return ReplyJson.list(listed).stream()
        .filter(each -> Boolean.TRUE.equals(ReplyJson.at(each, "supported")))
        .map(each -> ReplyJson.text(ReplyJson.at(each, "handle")))
        .filter(Objects::nonNull)
        .filter(handle -> DATED.matcher(handle).matches())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
