package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads pages of an app's log: forward from a moment, each entry once. */
final class LogReader {
  private static final Duration PAUSE = Duration.ofMillis(1500);
  private static final int MOST_FAILURES = 10;
  private static final int REMEMBERED = 4_000;
  // A page holds "100 or so" (facts/fly.md §16.1): one of half that may be followed by another.
  private static final int FULL = 50;

  private final AppCalls calls;
  private final @Nullable String machine;
  // As text all the way: a cursor of 19 digits does not survive a double.
  private String cursor;
  private final Set<String> seen = new LinkedHashSet<>();

  LogReader(AppCalls calls, @Nullable String machine, Instant since) {
    this(calls, machine, nanos(since));
  }

  private LogReader(AppCalls calls, @Nullable String machine, String cursor) {
    this.calls = calls;
    this.machine = machine;
    this.cursor = cursor;
  }

  private static String nanos(Instant at) {
    return at.getEpochSecond() + "%09d".formatted(at.getNano());
  }

  /** The newest entries of the last 24 h, about 100 of them, of one machine or of all. */
  static List<FlyLogEntry> newest(AppCalls calls, @Nullable String machine, Deadline limit) {
    return new LogReader(calls, machine, "").page(limit);
  }

  FlyLogs window(Instant since, Instant until, int mostPages, Deadline limit) {
    var entries = new ArrayList<FlyLogEntry>();
    int pages = 0;
    String cut = null;
    while (cut == null) {
      if (pages == mostPages) {
        cut = "page budget used up";
        break;
      }
      var before = cursor;
      List<FlyLogEntry> page;
      try {
        page = page(limit);
      } catch (InterruptedOpsException e) {
        throw e;
      } catch (OpsException e) {
        if (pages == 0) {
          throw e;
        }
        cut = "page " + (pages + 1) + ": " + e.problem();
        break;
      }
      pages++;
      page.stream().filter(one -> within(one, since, until)).forEach(entries::add);
      if (cursor.equals(before)) {
        cut = page.size() < FULL ? null : "Fly gave no cursor for what follows a full page";
        break;
      }
      if (past(page, until)) {
        break;
      }
    }
    entries.sort(Comparator.comparing(FlyLogEntry::at, Comparator.nullsLast(Instant::compareTo)));
    return new FlyLogs(since, until, entries, pages, cut);
  }

  /** Machines' lines come out of order: one late line does not mean that no earlier one follows. */
  private static boolean past(List<FlyLogEntry> page, Instant until) {
    var times = page.stream().map(FlyLogEntry::at).filter(Objects::nonNull).toList();
    return !times.isEmpty() && times.stream().allMatch(at -> at.isAfter(until));
  }

  void follow(Deadline end, Consumer<FlyLogEntry> consumer) {
    int failures = 0;
    while (!end.expired()) {
      try {
        page(end).forEach(consumer);
        failures = 0;
      } catch (FlyAuthException | FlyNotFoundException | InterruptedOpsException e) {
        throw e;
      } catch (OpsException e) {
        if (end.expired()) {
          return;
        }
        if (++failures == MOST_FAILURES) {
          throw e;
        }
      }
      if (!calls.time().await(end.atMost(PAUSE))) {
        return; // interrupted: whoever did that wants it to end; the flag is set
      }
    }
  }

  private List<FlyLogEntry> page(Deadline limit) {
    var request =
        HttpRequest.get("logs.page", "api", "v1", "apps", calls.app(), "logs")
            .param("next_token", cursor);
    if (machine != null) {
      request.param("instance", machine);
    }
    var call = new FlyCall(FlyService.LOGS, "logs.page", calls.app(), request.build());
    var answer = calls.api().object(call, limit);
    if (!answer.map().containsKey("data")) {
      throw new FlyProtocolException(
          FlyApi.fault(call, "answered something that is no page of logs"), 200, "", null);
    }
    var entries = new ArrayList<FlyLogEntry>();
    for (var data : answer.objects("data")) {
      var entry = FlyLogEntry.from(data, calls.api().redactor());
      var id = data.text("id", "");
      if (seen.add(id.isEmpty() ? entry.at() + entry.instance() + entry.message() : id)) {
        entries.add(entry);
      }
    }
    forgetOldest();
    var next = answer.object("meta").text("next_token", "");
    if (!next.isEmpty() && !answer.objects("data").isEmpty()) {
      cursor = next;
    }
    return entries;
  }

  // A page repeats the end of the one before, not more.
  private void forgetOldest() {
    var oldest = seen.iterator();
    while (seen.size() > REMEMBERED && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  private static boolean within(FlyLogEntry entry, Instant since, Instant until) {
    return entry.at() == null || (!entry.at().isBefore(since) && !entry.at().isAfter(until));
  }
}
