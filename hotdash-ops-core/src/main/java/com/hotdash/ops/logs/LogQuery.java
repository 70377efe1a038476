package com.hotdash.ops.logs;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a log.
 *
 * @param source where the lines come from, for people
 * @param from the start of the window; earlier lines serve as the window before. {@code null} if
 *     all lines are meant
 * @param to the end of the window, or {@code null}
 * @param whole whether the source hands over all lines of the window
 * @param changes releases and changes of secrets, in any order
 * @param newestBefore when the newest line before the window was written, or {@code null} if nobody
 *     looked: a source that is known to hold lines and hands over none of a whole window was quiet,
 *     while one that never held any may be broken
 * @param allSince from when on the source hands over every line up to the end, although not those
 *     before; {@code null} if that is not known, or {@code whole} says it already
 */
public record LogQuery(
    String source,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean whole,
    List<Change> changes,
    @Nullable Instant newestBefore,
    @Nullable Instant allSince) {
  /** Sorts the changes. */
  public LogQuery {
    changes =
        changes.stream()
            .sorted(Comparator.comparing(Change::at).thenComparing(Change::name))
            .toList();
  }

  /**
   * Asks where nobody looked for lines before the window.
   *
   * @param source where the lines come from, for people
   * @param from the start of the window, or {@code null}
   * @param to the end of the window, or {@code null}
   * @param whole whether the source hands over all lines of the window
   * @param changes releases and changes of secrets, in any order
   */
  public LogQuery(
      String source,
      @Nullable Instant from,
      @Nullable Instant to,
      boolean whole,
      List<Change> changes) {
    this(source, from, to, whole, changes, null, null);
  }

  /**
   * Says that the source is known to hold lines.
   *
   * @param newest when the newest line before the window was written, or {@code null} if there is
   *     none
   * @return a changed copy
   */
  public LogQuery withNewestBefore(@Nullable Instant newest) {
    return new LogQuery(source, from, to, whole, changes, newest, allSince);
  }

  /**
   * Says that of the window the newest part is handed over whole.
   *
   * @param since from when on no line is missing, or {@code null} if that is not known
   * @return a changed copy
   */
  public LogQuery withAllSince(@Nullable Instant since) {
    return new LogQuery(source, from, to, whole, changes, newestBefore, since);
  }

  /** Whether no line at all is an answer: all of a window was handed over by what holds lines. */
  boolean mayBeQuiet() {
    return whole && from != null && newestBefore != null && newestBefore.isBefore(from);
  }

  /**
   * Asks for all lines of a source that hands over all it has.
   *
   * @param source where the lines come from
   * @return the query
   */
  public static LogQuery all(String source) {
    return new LogQuery(source, null, null, true, List.of());
  }

  LogQuery redacted(LogRedaction redaction) {
    return new LogQuery(
        redaction.of(source, 200),
        from,
        to,
        whole,
        changes.stream()
            .map(change -> new Change(redaction.of(change.name(), 100), change.at()))
            .toList(),
        newestBefore,
        allSince);
  }
}
