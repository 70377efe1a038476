package com.hotdash.ops.logs;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reading of log lines came to. All text in it is redacted. Immutable and thread-safe. */
public final class LogSummary {
  private static final int WIDTH = 100;
  private static final int MOST_LINES = 10;

  private final String source;
  private final Coverage coverage;
  private final Instant readAt;
  private final List<ErrorGroup> groups;
  private final List<Sighting> sightings;
  private final List<LogEvent> events;
  private final List<Histogram> histograms;
  private final long errors;
  private final long ungrouped;
  private final boolean coarse;
  private final boolean operationsDropped;
  private final Duration floor;

  LogSummary(Tally tally, LogQuery query, long bytes, long cut, Coverage.Ended ended, Instant now) {
    this.source = tally.redaction().of(query.source(), 200);
    this.readAt = now;
    this.coverage = Coverage.of(tally, query, bytes, cut, ended);
    this.errors = tally.errors();
    this.groups =
        new Grouping(query.redacted(tally.redaction()), coverage, errors).of(tally.groups());
    this.coarse = tally.groups().coarse();
    this.ungrouped = errors - groups.stream().mapToLong(ErrorGroup::count).sum();
    this.sightings =
        tally.sightings().entrySet().stream()
            .map(each -> sighting(each.getKey(), each.getValue()))
            .filter(sighting -> sighting.count() > 0)
            .toList();
    this.events = tally.events();
    this.histograms = List.copyOf(tally.operations().values());
    this.operationsDropped = tally.operations().overflowed();
    this.floor = Duration.ofNanos(tally.floorMicros() * 1_000);
  }

  private static Sighting sighting(Signature signature, Spread spread) {
    return new Sighting(
        signature,
        spread.count(),
        spread.errors(),
        spread.lately(),
        spread.first(),
        spread.last(),
        spread.since(),
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
   * Returns how many errors are in none of {@link #groups}, since there were more groups than
   * allowed. These are always the least frequent ones.
   *
   * @return the count, usually 0
   */
  public long ungrouped() {
    return ungrouped;
  }

  /**
   * Returns whether there were so many kinds of errors that they were told apart by less than
   * usual: by their first words, or by type, code and status alone.
   *
   * @return true if groups are coarse
   */
  public boolean coarse() {
    return coarse;
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
   * Tells timeouts apart by where somebody waited in vain.
   *
   * @return the layers that were seen
   */
  public Timeouts timeouts() {
    return Timeouts.of(sightings);
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
   * Makes a reading of this: no line at all is no value, unless the source is known to hold lines
   * and was quiet; nothing found in what is no log is none either.
   *
   * @return the reading
   */
  public Reading<LogSummary> reading() {
    if (coverage.ended() == Coverage.Ended.NO_LOG && errors == 0 && sightings.isEmpty()) {
      return Reading.unread(
          new NotChecked(
              "log lines of " + source,
              NotChecked.Why.NOT_UNDERSTOOD,
              "it is no log: compressed, binary, not in UTF-8, or a web page",
              "hand over the text itself, decompressed and in UTF-8"));
    }
    if (coverage.lines() == 0 && !coverage.complete()) {
      return Reading.unread(
          new NotChecked(
              "log lines of " + source,
              NotChecked.Why.TOO_LITTLE_DATA,
              "no line was read ("
                  + coverage.ended().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + ")",
              "look whether the application writes logs, and widen the window"));
    }
    var evidence =
        Evidence.of(errors + " errors in " + groups.size() + " groups", source, readAt)
            .withDataAt(coverage.last())
            .withCoverage(coverage.toString());
    return Reading.of(this, evidence);
  }

  /**
   * Ranks the routes and operations that were slow.
   *
   * @param threshold how long is slow; not less than {@link LogReader.Builder#durationsFrom}, since
   *     shorter durations were not kept
   * @return those with a line at or over it, most such lines first, then the longest
   * @throws IllegalArgumentException if {@code threshold} is less than that
   */
  public List<SlowOperation> slow(Duration threshold) {
    if (threshold.compareTo(floor) < 0) {
      throw new IllegalArgumentException(
          "durations were kept from "
              + floor.toMillis()
              + " ms on, so what took "
              + threshold.toMillis()
              + " ms is not known; set durationsFrom of the reader");
    }
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
    return ProcessEvents.exits(events);
  }

  /**
   * Returns when checks changed; repetitions of the same state are left out.
   *
   * @return the changes, in order of time
   */
  public List<LogEvent> checkTransitions() {
    return ProcessEvents.checkTransitions(events);
  }

  /**
   * Returns the machines whose process ended abnormally three times within ten minutes. A code of 0
   * or 143 (asked to stop) is a normal end.
   *
   * @return the machines, in order
   */
  public List<String> crashLoops() {
    return ProcessEvents.crashLoops(events);
  }

  /** At most 23 lines of 100 characters, the most telling first. */
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    // How much was read matters more than the whole of a long name.
    lines.add(cut(source, WIDTH - coverage.toString().length() - 2) + ": " + coverage);
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d errors in %,d groups%s%s",
            errors,
            groups.size(),
            ungrouped > 0
                ? String.format(Locale.ROOT, ", %,d more without a group", ungrouped)
                : "",
            coarse ? ", told apart by less than usual: too many kinds" : ""));
    groups.stream().limit(MOST_LINES).forEach(group -> lines.add(group.toString()));
    sightings.stream()
        .sorted(Comparator.comparing(Sighting::signature))
        .limit(MOST_LINES)
        .forEach(seen -> lines.add(seen.toString()));
    if (!timeouts().seen().isEmpty()) {
      lines.add(timeouts().toString());
    }
    return lines.stream().map(line -> cut(line, WIDTH)).collect(Collectors.joining("\n"));
  }

  private static String cut(String text, int width) {
    return text.length() > width ? text.substring(0, width - 1) + "…" : text;
  }
}
