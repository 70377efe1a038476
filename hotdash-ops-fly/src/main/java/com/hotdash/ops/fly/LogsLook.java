package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the last while of an app's log for the runbook. Pages go forward only, so on a log that
 * writes more than the budget of pages holds, it begins later: the newest lines count.
 */
record LogsLook(AppCalls calls) {
  private static final int PAGES = 20;
  private static final int MORE_PAGES = 3;
  private static final int TAIL = 50;
  // The pages are measured by the newest one; a log that is writing more just then needs room.
  private static final double SHARE = 0.7;

  Reading<LogSummary> over(Duration window, List<Change> changes, Deadline limit) {
    var until = calls.time().now();
    var since = until.minus(window);
    int pages = affordable(limit);
    // What was read must still be told in time: a look that is cut off tells nothing.
    var reading = limit.within(limit.remaining().multipliedBy(4).dividedBy(5));
    var newest = times(reading);
    var from = start(newest, since, until, pages);
    var logs =
        new com.hotdash.ops.fly.LogReader(calls, null, from).window(from, until, pages, reading);
    var earlier = earlier(since, from, reading);
    boolean whole = logs.complete() && earlier.isPresent();
    var lines =
        Stream.concat(earlier.orElse(List.of()).stream(), logs.entries().stream())
            // What reaches back to the very beginning would pass for all of a log that was cut.
            .filter(one -> whole || one.at() == null || one.at().isAfter(since))
            .map(LogsLook::line)
            .toList();
    var reader = LogReader.builder().time(calls.time()).redactor(calls.api().redactor()).build();
    var source = "fly logs of " + calls.app();
    var query =
        new LogQuery(source, since, until, whole, changes)
            // A day without any line is hardly quiet: then nobody knows whether there is a log.
            .withNewestBefore(
                newest.stream().filter(since::isAfter).reduce((a, b) -> b).orElse(null))
            .withAllSince(logs.complete() ? from : null);
    var read = reader.read(lines, query).reading();
    return read instanceof Reading.Read<LogSummary> found
        ? Reading.of(
            found.value(),
            found
                .evidence()
                .withCoverage(found.value().coverage() + (logs.complete() ? "" : "; " + logs.cut()))
                .withByHand("fly logs --no-tail -a " + calls.app()))
        : read;
  }

  /** What is before the start, if that is little: a log may be young, or was quiet before. */
  private Optional<List<FlyLogEntry>> earlier(Instant since, Instant from, Deadline limit) {
    if (from.equals(since)) {
      return Optional.of(List.of());
    }
    try {
      var before =
          new com.hotdash.ops.fly.LogReader(calls, null, since)
              .window(since, from.minusNanos(1), MORE_PAGES, limit);
      return before.complete() ? Optional.of(before.entries()) : Optional.empty();
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      return Optional.empty(); // the newest part was read, and its coverage says that it is a part
    }
  }

  /** One page a second is what the client allows itself, and some time is needed beside them. */
  private static int affordable(Deadline limit) {
    return (int) Math.max(1, Math.min(PAGES, limit.remaining().toMillis() * 6 / 10_000));
  }

  /** When the newest lines of the last day were written, the earliest first. */
  private List<Instant> times(Deadline limit) {
    return com.hotdash.ops.fly.LogReader.newest(calls, null, limit).stream()
        .map(FlyLogEntry::at)
        .filter(Objects::nonNull)
        .sorted()
        .toList();
  }

  /** The newest page tells how fast the log grows, and so how far back the budget reaches. */
  private static Instant start(List<Instant> times, Instant since, Instant until, int pages) {
    if (times.size() < 2 || times.get(0).isBefore(since)) {
      return since;
    }
    var page = Duration.between(times.get(0), until);
    var reach = Duration.ofMillis((long) (page.toMillis() * pages * SHARE));
    var from = until.minus(reach.compareTo(page) < 0 ? page : reach);
    return from.isAfter(since) ? from : since;
  }

  /** The last lines of one machine, of the newest page alone. */
  Reading<List<String>> tail(String machine, Duration window, Deadline limit) {
    var since = calls.time().now().minus(window);
    var lines =
        com.hotdash.ops.fly.LogReader.newest(calls, machine, limit).stream()
            .filter(one -> one.at() == null || one.at().isAfter(since))
            .sorted(
                Comparator.comparing(
                    FlyLogEntry::at, Comparator.nullsFirst(Comparator.naturalOrder())))
            .map(one -> Texts.line(one.toString()))
            .toList();
    var last = lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
    return Reading.of(
        last,
        Evidence.of(last.size() + " lines", "fly logs of " + machine, calls.time().now())
            .withByHand("fly logs --no-tail --machine " + machine + " -a " + calls.app()));
  }

  private static LogLine line(FlyLogEntry entry) {
    return new LogLine(
        entry.at(),
        entry.instance().isEmpty() ? null : entry.instance(),
        entry.region().isEmpty() ? null : entry.region(),
        entry.provider().isEmpty() ? null : entry.provider(),
        entry.level().isEmpty() ? null : entry.level(),
        entry.message(),
        entry.httpStatus());
  }
}
