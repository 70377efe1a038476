package com.hotdash.ops.shopify;

import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopOperation;
import com.hotdash.ops.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls that this process made of late, to tell which cost most, which repeat others, and which
 * come at a fixed period. Holds names, times and costs; of documents and variables only a hash. At
 * most 4,096 calls of the last 10 minutes. Thread-safe.
 */
final class CallLog {
  private static final int MOST = 4_096;
  private static final long WINDOW = Duration.ofMinutes(10).toNanos();
  private static final int LONGEST_NAME = 60;

  private final Ticker ticker;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final long since;

  CallLog(Ticker ticker) {
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /**
   * What a call asks for.
   *
   * @param name of its operation
   * @param hash the same for two calls that ask exactly the same
   */
  record Asked(String name, int hash) {}

  private enum End {
    RAN,
    THROTTLED,
    FAILED
  }

  private record Entry(
      Asked asked, End end, double requested, double actual, long begun, long ended) {}

  static Asked asked(String name, String document, Map<String, ?> variables) {
    return asked(name, 31 * document.hashCode() + variables.hashCode());
  }

  static Asked asked(String name, int hash) {
    var shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    return new Asked(shown, hash);
  }

  long now() {
    return ticker.nanos();
  }

  /** Books a call that came back. */
  void answered(@Nullable Asked asked, Judgement judged, double requested, long begun) {
    var charge = judged.charge();
    double actual = charge == null ? 0 : charge.spent();
    var end =
        judged.refusal() == null
            ? End.RAN
            : judged.refusal() == ShopifyException.Kind.THROTTLED
                    || judged.refusal() == ShopifyException.Kind.REST_LIMITED
                ? End.THROTTLED
                : End.FAILED;
    double said = charge == null ? requested : charge.requestedQueryCost();
    add(asked, end, said, actual, begun);
  }

  /** Books a call of which no answer came back. */
  void failed(@Nullable Asked asked, double requested, long begun) {
    add(asked, End.FAILED, requested, 0, begun);
  }

  private synchronized void add(
      @Nullable Asked asked, End end, double requested, double actual, long begun) {
    if (asked == null) {
      return;
    }
    long now = ticker.nanos();
    forget(now);
    if (entries.size() == MOST) {
      entries.pollFirst();
    }
    entries.addLast(new Entry(asked, end, requested, actual, begun, now));
  }

  /** Sums up the calls of the window, or less of it where there were too many; empty if none. */
  Optional<ShopCalls> summary() {
    List<Entry> all;
    long from;
    long now;
    synchronized (this) {
      now = ticker.nanos();
      forget(now);
      all = new ArrayList<>(entries);
      boolean cut = all.size() == MOST;
      from = cut ? all.get(0).ended() : Math.max(since, now - WINDOW);
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    var byName = new LinkedHashMap<String, List<Entry>>();
    all.forEach(
        each -> byName.computeIfAbsent(each.asked().name(), n -> new ArrayList<>()).add(each));
    var operations = new ArrayList<ShopOperation>();
    byName.forEach((name, calls) -> operations.add(operation(name, calls)));
    return Optional.of(new ShopCalls(Duration.ofNanos(Math.max(1, now - from)), operations));
  }

  private void forget(long now) {
    while (!entries.isEmpty() && now - entries.getFirst().ended() > WINDOW) {
      entries.pollFirst();
    }
  }

  private static ShopOperation operation(String name, List<Entry> calls) {
    var same = new HashMap<Integer, List<Long>>();
    calls.stream()
        .filter(each -> each.end() == End.RAN)
        .forEach(
            each ->
                same.computeIfAbsent(each.asked().hash(), h -> new ArrayList<>())
                    .add(each.begun()));
    long repeated = same.values().stream().mapToLong(begun -> begun.size() - 1L).sum();
    long[] took = calls.stream().mapToLong(each -> each.ended() - each.begun()).sorted().toArray();
    return new ShopOperation(
        name,
        calls.size(),
        calls.stream().mapToDouble(Entry::actual).sum(),
        calls.stream().mapToDouble(Entry::requested).max().orElse(0),
        calls.stream().filter(each -> each.end() == End.THROTTLED).count(),
        calls.stream().filter(each -> each.end() == End.FAILED).count(),
        repeated,
        Duration.ofNanos(took[took.length / 2]),
        Duration.ofNanos(took[took.length - 1]),
        same.values().stream()
            .max((a, b) -> Integer.compare(a.size(), b.size()))
            .map(Period::of)
            .orElse(null));
  }
}
