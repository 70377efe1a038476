package com.hotdash.ops.logs;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a reading of log lines came to. All text in it is redacted. Immutable and thread-safe. */
public final class LogSummary {
  private static final int LOOP = 3;
  private static final Duration LOOP_WINDOW = Duration.ofMinutes(10);

  private final LogQuery query;
  private final Coverage coverage;
  private final Instant readAt;
  private final List<ErrorGroup> groups;
  private final List<Sighting> sightings;
  private final List<LogEvent> events;
  private final List<Histogram> histograms;
  private final long errors;
  private final long ungrouped;
  private final boolean operationsDropped;

  LogSummary(Tally tally, LogQuery query, long bytes, long cut, Coverage.Ended ended, Instant now) {
    this.query = query;
    this.readAt = now;
    this.coverage = coverage(tally, query, bytes, cut, ended);
    this.errors = tally.errors();
    this.groups = groups(tally);
    this.ungrouped = errors - groups.stream().mapToLong(ErrorGroup::count).sum();
    this.sightings =
        tally.sightings().entrySet().stream()
            .map(each -> sighting(each.getKey(), each.getValue()))
            .filter(sighting -> sighting.count() > 0)
            .toList();
    this.events = tally.events();
    this.histograms = List.copyOf(tally.operations().values());
    this.operationsDropped = tally.operations().overflowed();
  }

  private static Coverage coverage(
      Tally tally, LogQuery query, long bytes, long cut, Coverage.Ended ended) {
    var first = tally.firstAt() == Long.MAX_VALUE ? null : Instant.ofEpochMilli(tally.firstAt());
    var last = tally.lastAt() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(tally.lastAt());
    var from = query.from();
    var to = query.to() != null ? query.to() : last;
    boolean reachesBack = from != null && first != null && !first.isAfter(from);
    boolean reaches = query.whole() || reachesBack;
    return new Coverage(
        tally.lines(),
        bytes,
        cut,
        first,
        last,
        from == null || to == null || to.isBefore(from) ? null : Duration.between(from, to),
        reaches && cut == 0 && tally.lines() > 0 && ended == Coverage.Ended.END,
        ended);
  }

  private List<ErrorGroup> groups(Tally tally) {
    return Templates.merge(tally.groups().values()).stream()
        .map(group -> group(group, tally))
        .sorted(
            Comparator.comparingLong(ErrorGroup::count)
                .reversed()
                .thenComparing(ErrorGroup::fingerprint))
        .toList();
  }

  private ErrorGroup group(Group group, Tally tally) {
    var identity = group.identity();
    var spread = group.spread();
    var first = spread.first();
    var release = first == null ? null : before(first);
    var after =
        release != null && coverage.first() != null && coverage.first().isBefore(release.at())
            ? release
            : null;
    return new ErrorGroup(
        identity.fingerprint(),
        identity.type(),
        identity.code(),
        identity.status(),
        identity.template(),
        identity.frames(),
        spread.count(),
        tally.errors() == 0 ? 0 : (double) spread.count() / tally.errors(),
        spread.before(),
        trend(spread),
        first,
        spread.last(),
        spread.machines(),
        spread.places(),
        release,
        after,
        spread.samples().texts());
  }

  private @Nullable Change before(Instant at) {
    Change latest = null;
    for (var change : query.changes()) {
      latest = change.at().isAfter(at) ? latest : change;
    }
    return latest;
  }

  private Trend trend(Spread spread) {
    var from = query.from();
    if (from == null
        || coverage.first() == null
        || coverage.last() == null
        || !coverage.first().isBefore(from)) {
      return Trend.UNKNOWN;
    }
    if (spread.before() == 0) {
      return Trend.NEW;
    }
    double past = Math.max(1, Duration.between(coverage.first(), from).toMillis());
    double now = Math.max(1, Duration.between(from, coverage.last()).toMillis());
    double expected = spread.before() * now / past;
    boolean rising =
        spread.count() >= 2 * expected && spread.count() > expected + 3 * Math.sqrt(expected + 1);
    return rising ? Trend.RISING : Trend.STEADY;
  }

  private static Sighting sighting(Signature signature, Spread spread) {
    return new Sighting(
        signature,
        spread.count(),
        spread.first(),
        spread.last(),
        spread.machines(),
        spread.places(),
        spread.samples().texts());
  }

  /**
   * Returns how much was read.
   *
   * @return lines, span, and whether it was all
   */
  public Coverage coverage() {
    return coverage;
  }

  /**
   * Returns how many errors there are in the window.
   *
   * @return the count
   */
  public long errors() {
    return errors;
  }

  /**
   * Returns how many errors were counted without a group, since there were more groups than
   * allowed.
   *
   * @return the count, usually 0
   */
  public long ungrouped() {
    return ungrouped;
  }

  /**
   * Returns the errors, the most frequent first.
   *
   * @return the groups
   */
  public List<ErrorGroup> groups() {
    return groups;
  }

  /**
   * Returns what was seen of the signatures.
   *
   * @return those that were seen
   */
  public List<Sighting> sightings() {
    return sightings;
  }

  /**
   * Returns what was seen of one signature.
   *
   * @param signature the signature
   * @return its lines, if there are any
   */
  public Optional<Sighting> sighting(Signature signature) {
    return sightings.stream().filter(seen -> seen.signature() == signature).findFirst();
  }

  /**
   * Tells whether a signature stands in the log. What a partial reading does not hold is unknown.
   *
   * @param signature the signature
   * @return whether it is there
   */
  public Presence has(Signature signature) {
    if (sighting(signature).isPresent()) {
      return Presence.PRESENT;
    }
    return coverage.complete() ? Presence.ABSENT : Presence.UNKNOWN;
  }

  /**
   * Makes a reading of this: no line at all is no value.
   *
   * @return the reading
   */
  public Reading<LogSummary> reading() {
    if (coverage.lines() == 0) {
      return Reading.unread(
          new NotChecked(
              "log lines of " + query.source(),
              NotChecked.Why.TOO_LITTLE_DATA,
              "no line was read (" + coverage.ended().name().toLowerCase(Locale.ROOT) + ")",
              "look whether the application writes logs, and widen the window"));
    }
    var evidence =
        Evidence.of(errors + " errors in " + groups.size() + " groups", query.source(), readAt)
            .withDataAt(coverage.last())
            .withCoverage(coverage.toString());
    return Reading.of(this, evidence);
  }

  /**
   * Ranks the routes and operations that were slow.
   *
   * @param threshold how long is slow, more than zero
   * @return those with a line at or over it, most such lines first, then the longest
   */
  public List<SlowOperation> slow(Duration threshold) {
    return histograms.stream()
        .map(histogram -> histogram.slow(threshold))
        .filter(operation -> operation.slow() > 0)
        .sorted(
            Comparator.comparingLong(SlowOperation::slow)
                .reversed()
                .thenComparing(SlowOperation::max, Comparator.reverseOrder())
                .thenComparing(SlowOperation::operation))
        .toList();
  }

  /**
   * Returns whether there were more operations than are kept, so that {@link #slow} is partial.
   *
   * @return true if some were dropped
   */
  public boolean operationsDropped() {
    return operationsDropped;
  }

  /**
   * Returns the exits of processes, at most the latest 2,000.
   *
   * @return the exits, in order of time
   */
  public List<LogEvent> exits() {
    return events.stream()
        .filter(
            e -> e.signature() == Signature.EXIT || e.signature() == Signature.EXIT_NOT_RESTARTING)
        .toList();
  }

  /**
   * Returns when checks changed; repetitions of the same state are left out.
   *
   * @return the changes, in order of time
   */
  public List<LogEvent> checkTransitions() {
    var state = new HashMap<String, Signature>();
    var changes = new ArrayList<LogEvent>();
    for (var event : events) {
      boolean check =
          event.signature() == Signature.CHECK_FAILED
              || event.signature() == Signature.CHECK_PASSING;
      if (check
          && state.put(event.machine() + "\n" + event.detail(), event.signature())
              != event.signature()) {
        changes.add(event);
      }
    }
    return List.copyOf(changes);
  }

  /**
   * Returns the machines whose process ended abnormally three times within ten minutes. A code of 0
   * or 143 (asked to stop) is a normal end.
   *
   * @return the machines, in order
   */
  public List<String> crashLoops() {
    var byMachine =
        exits().stream()
            .filter(e -> !e.detail().equals("0") && !e.detail().equals("143"))
            .collect(Collectors.groupingBy(LogEvent::machine, TreeMap::new, Collectors.toList()));
    var loops = new ArrayList<String>();
    byMachine.forEach(
        (machine, ends) -> {
          for (int i = LOOP - 1; i < ends.size(); i++) {
            if (Duration.between(ends.get(i - LOOP + 1).at(), ends.get(i).at())
                    .compareTo(LOOP_WINDOW)
                <= 0) {
              loops.add(machine);
              return;
            }
          }
        });
    return List.copyOf(loops);
  }

  @Override
  public String toString() {
    var text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %s%n%,d errors in %,d groups%s%n",
                query.source(),
                coverage,
                errors,
                groups.size(),
                ungrouped > 0 ? ", " + ungrouped + " more without a group" : ""));
    groups.stream().limit(10).forEach(group -> text.append(group).append('\n'));
    sightings.stream().limit(10).forEach(seen -> text.append(seen).append('\n'));
    return text.toString();
  }
}
