package com.hotdash.ops.postgres;

import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The statements that cost most within an interval, from two readings of {@code
 * pg_stat_statements}; beside them, labelled so, those that cost most since the statistics began,
 * which tell of the past. A statement counts when it ends: one that still runs is in neither.
 *
 * @param by by what they are ranked
 * @param window how long the interval is
 * @param interval those of the interval, most first
 * @param allTime those since {@code allTimeSince}, most first, at most three
 * @param allTimeSince since when the server counts, or {@code null} before version 14, which does
 *     not say
 * @param ioTimed whether the server takes the time of reading and writing; if not, I/O is in blocks
 * @param running how many statements had been running since before the interval began, so that they
 *     are in no figure; {@code null} if that could not be seen
 * @param hidden how many entries our role may not see
 * @param caveats what the figures do not tell: resets, entries thrown out
 * @param advice indexes that the interval's statements seem to lack
 * @param source where it was read
 */
public record SlowQueries(
    StatementOrder by,
    Duration window,
    List<Statement> interval,
    List<Statement> allTime,
    @Nullable Instant allTimeSince,
    boolean ioTimed,
    @Nullable Integer running,
    int hidden,
    List<String> caveats,
    List<IndexAdvice> advice,
    String source) {
  private static final int SHOWN = 6;

  /** Copies the lists. */
  public SlowQueries {
    interval = List.copyOf(interval);
    allTime = List.copyOf(allTime);
    caveats = List.copyOf(caveats);
    advice = List.copyOf(advice);
  }

  /**
   * One statement, all its calls by one role in one database together.
   *
   * @param queryId the server's number for it, as in {@code pg_stat_activity.query_id}
   * @param user the role's name
   * @param database the database's name
   * @param query its text with values masked, shortened; empty if it is hidden or was thrown out
   * @param calls how often it ended
   * @param totalMs the time that all its calls took, in milliseconds
   * @param share its part of the time of all statements of the same span, 0 to 1
   * @param deviationMs the standard deviation of one call's time, in milliseconds
   * @param rows the rows it gave or changed
   * @param blocksRead blocks that were not in the server's own memory
   * @param ioMs the time of reading and writing blocks in milliseconds; 0 if the server does not
   *     take it
   * @param tempBlocks blocks of temporary files read and written
   * @param atLeast whether the figures are lower bounds
   */
  public record Statement(
      long queryId,
      String user,
      String database,
      String query,
      long calls,
      double totalMs,
      double share,
      double deviationMs,
      long rows,
      long blocksRead,
      double ioMs,
      long tempBlocks,
      boolean atLeast) {
    /**
     * Returns the mean time of one call.
     *
     * @return milliseconds
     */
    public double meanMs() {
      return calls == 0 ? 0 : totalMs / calls;
    }

    /**
     * Estimates the time within which 95 of 100 calls end. The server counts no percentiles: this
     * takes the times to be log-normal, which two kinds of calls under one text are not; {@link
     * #p95BoundMs} holds whatever they are.
     *
     * @return milliseconds
     */
    public double p95EstimateMs() {
      double mean = meanMs();
      if (mean <= 0) {
        return 0;
      }
      // Facts/postgres.md §12.
      double variance = Math.log(1 + deviationMs * deviationMs / (mean * mean));
      return Math.exp(Math.log(mean) - variance / 2 + 1.645 * Math.sqrt(variance));
    }

    /**
     * Returns a time within which 95 of 100 calls end for certain, by Cantelli's inequality.
     *
     * @return milliseconds
     */
    public double p95BoundMs() {
      return meanMs() + 4.36 * deviationMs;
    }
  }

  @Override
  public String toString() {
    var page =
        Page.builder()
            .heading(
                1,
                "Statements by %s within %s"
                    .formatted(by.name().toLowerCase(Locale.ROOT), ActiveQueries.age(window)));
    if (interval.isEmpty()) {
      page.callout(
          Tone.UNSURE,
          "NONE",
          window.isZero()
              ? "one reading has no interval: hand this snapshot to the next, snapshot(previous)"
              : "no statement ended within the interval; try a longer one");
    } else {
      page.table(columns(), interval.stream().limit(SHOWN).map(this::row).toList());
    }
    if (interval.size() > SHOWN) {
      page.paragraph((interval.size() - SHOWN) + " more: see interval()");
    }
    advice.stream().limit(2).forEach(each -> page.callout(Tone.UNSURE, "INDEX", each.summary()));
    if (running != null && running > 0) {
      page.callout(
          Tone.UNSURE,
          "RUNNING",
          running
              + " statements run since before the interval and are in no figure:"
              + " see activeQueries()");
    }
    caveats.stream().limit(2).forEach(each -> page.callout(Tone.UNSURE, "CAVEAT", each));
    if (hidden > 0) {
      page.callout(
          Tone.UNSURE, "HIDDEN", hidden + " entries are hidden from our role: it lacks pg_monitor");
    }
    allTime.stream()
        .limit(1)
        .forEach(
            each ->
                page.fact(
                    "all time, not now" + (allTimeSince == null ? "" : ", since " + allTimeSince),
                    "%d calls, mean %s ms: %s"
                        .formatted(each.calls(), ms(each.meanMs()), each.query())));
    return page.fact("source", source).build().toString();
  }

  private List<Column> columns() {
    return List.of(
        Column.number("calls"),
        Column.number("total ms"),
        Column.number("%"),
        Column.number("mean ms"),
        Column.number("p95 est."),
        Column.number(ioTimed ? "I/O ms" : "blocks"),
        Column.text("query"));
  }

  private List<String> row(Statement each) {
    return List.of(
        (each.atLeast() ? "≥" : "") + each.calls(),
        ms(each.totalMs()),
        String.valueOf(Math.round(each.share() * 100)),
        ms(each.meanMs()),
        ms(each.p95EstimateMs()),
        ioTimed ? ms(each.ioMs()) : String.valueOf(each.blocksRead()),
        each.query().isEmpty() ? "query id " + each.queryId() : each.query());
  }

  static String ms(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 1000 ? "%.1f" : "%.0f", value);
  }
}
