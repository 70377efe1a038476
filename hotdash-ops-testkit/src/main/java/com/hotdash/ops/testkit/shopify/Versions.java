package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Json;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which versions there are at a moment. One comes out on day 1 of a quarter at 17:00 UTC and is
 * gone on the 16th of the same month a year later at 15:00 UTC.
 */
final class Versions {
  private static final Pattern FORM = Pattern.compile("20[0-9]{2}-(01|04|07|10)");
  private static final String UNSTABLE = "unstable";

  private Versions() {}

  /** Returns the version served for the one asked for, or null if there is no such path. */
  static @Nullable String served(String asked, Instant now) {
    if (asked.equals(UNSTABLE)) {
      return UNSTABLE;
    }
    if (!FORM.matcher(asked).matches()) {
      return null;
    }
    var stable = stable(now);
    var wanted = YearMonth.parse(asked);
    if (wanted.isAfter(candidate(stable))) {
      return null;
    }
    // What is gone does not fail: Shopify serves the oldest that is left.
    return wanted.isBefore(stable.get(0)) ? stable.get(0).toString() : asked;
  }

  static String oldest(Instant now) {
    return stable(now).get(0).toString();
  }

  /** As {@code publicApiVersions} lists them. */
  static List<Object> listed(Instant now) {
    var stable = stable(now);
    var listed = new ArrayList<Object>();
    for (var version : stable) {
      boolean latest = version.equals(stable.get(stable.size() - 1));
      listed.add(of(version.toString(), latest ? version + " (Latest)" : version.toString(), true));
    }
    var candidate = candidate(stable).toString();
    listed.add(of(candidate, candidate + " (Release candidate)", false));
    listed.add(of(UNSTABLE, UNSTABLE, false));
    return listed;
  }

  private static Object of(String handle, String displayName, boolean supported) {
    return Json.of("handle", handle, "displayName", displayName, "supported", supported);
  }

  private static YearMonth candidate(List<YearMonth> stable) {
    return stable.get(stable.size() - 1).plusMonths(3);
  }

  /** The accessible ones, oldest first. */
  private static List<YearMonth> stable(Instant now) {
    var month = YearMonth.from(now.atZone(ZoneOffset.UTC));
    var quarter = month.withMonth((month.getMonthValue() - 1) / 3 * 3 + 1);
    var found = new ArrayList<YearMonth>();
    for (var version = quarter.minusMonths(15);
        !version.isAfter(quarter);
        version = version.plusMonths(3)) {
      boolean out = !now.isBefore(at(version, 1, 17));
      boolean gone = !now.isBefore(at(version.plusYears(1), 16, 15));
      if (out && !gone) {
        found.add(version);
      }
    }
    return found;
  }

  private static Instant at(YearMonth month, int day, int hour) {
    return month.atDay(day).atTime(LocalTime.of(hour, 0)).toInstant(ZoneOffset.UTC);
  }
}
