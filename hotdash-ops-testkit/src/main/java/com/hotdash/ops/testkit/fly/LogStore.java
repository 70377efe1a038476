package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log lines of an app, and pages of them. Has a lock of its own, and asks for no other: lines
 * come from inside a machine.
 */
final class LogStore {
  private static final int PAGE = 100;
  private static final int MOST_LINES = 200_000;
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration WITHOUT_TOKEN = Duration.ofHours(24);

  private final FlyWorld world;
  private final TreeMap<Long, FlyLogLine> lines = new TreeMap<>();

  LogStore(FlyWorld world) {
    this.world = world;
  }

  synchronized void add(FlyLogLine line) {
    long nanos = nanos(line.at());
    // The cursor is a time: two lines of one nanosecond could not be told apart by it.
    while (lines.containsKey(nanos)) {
      nanos++;
    }
    if (lines.size() == MOST_LINES) {
      lines.pollFirstEntry();
    }
    lines.put(nanos, line);
  }

  synchronized Answer page(Map<String, String> query) {
    var token = query.getOrDefault("next_token", "");
    if (!token.matches("[0-9]{0,19}")
        || (token.length() == 19 && new BigInteger(token).bitLength() > 63)) {
      throw Refusal.of(400, "invalid next_token");
    }
    long oldest = nanos(world.now().minus(token.isEmpty() ? WITHOUT_TOKEN : KEPT));
    long after = token.isEmpty() ? oldest : Long.parseLong(token);
    boolean overlap = after <= oldest || world.has(FlyQuirk.LOG_PAGES_OVERLAP);
    var from = lines.tailMap(Math.max(oldest, after), overlap);
    var found = new ArrayList<Map.Entry<Long, FlyLogLine>>();
    for (var line : from.entrySet()) {
      if (wanted(line.getValue(), query)) {
        found.add(line);
        if (!token.isEmpty() && found.size() == PAGE) {
          break;
        }
      }
    }
    return answer(found.subList(Math.max(0, found.size() - PAGE), found.size()));
  }

  private Answer answer(List<Map.Entry<Long, FlyLogLine>> page) {
    boolean numeric = world.has(FlyQuirk.NUMERIC_LOG_TOKENS);
    Object next = "";
    if (!page.isEmpty()) {
      long last = page.get(page.size() - 1).getKey();
      next = numeric ? (Object) last : (Object) String.valueOf(last);
    }
    var order = new ArrayList<>(page);
    if (world.has(FlyQuirk.LOG_PAGES_BY_MACHINE)) {
      order.sort(Comparator.comparing(line -> line.getValue().machine()));
    }
    Collection<Object> data = new ArrayList<>();
    order.forEach(line -> data.add(json(line.getKey(), line.getValue())));
    return Answer.json(200, Json.of("data", data, "meta", Json.of("next_token", next)));
  }

  private static boolean wanted(FlyLogLine line, Map<String, String> query) {
    var machine = query.getOrDefault("instance", "");
    var region = query.getOrDefault("region", "");
    return (machine.isEmpty() || machine.equals(line.machine()))
        && (region.isEmpty() || region.equals(line.region()));
  }

  private static Object json(long nanos, FlyLogLine line) {
    var error = line.provider().equals("proxy") ? line.message() : "";
    Map<String, @Nullable Object> meta =
        Json.of(
            "instance", line.machine(),
            "region", line.region(),
            "event", Json.of("provider", line.provider()),
            "http",
                Json.of(
                    "request", Json.of("id", "", "method", "", "version", ""),
                    "response", Json.of("status_code", 0)),
            "error", Json.of("code", 0, "message", error),
            "url", Json.of("full", ""));
    var at = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    return Json.of(
        "id",
        nanos + "-0",
        "type",
        "log",
        "attributes",
        Json.of(
            "timestamp", at.toString(),
            "level", line.level(),
            "instance", line.machine(),
            "region", line.region(),
            "message", line.message(),
            "meta", meta));
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000 + at.getNano();
  }
}
