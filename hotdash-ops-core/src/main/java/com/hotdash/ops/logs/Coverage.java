package com.hotdash.ops.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much of what was asked for was read.
 *
 * @param lines lines read
 * @param bytes bytes read; 0 if the lines came as records
 * @param cutLines lines longer than 64 KB, of which the head was read, and a last one that breaks
 *     off in the middle of its JSON
 * @param first the earliest time on a line, or {@code null} if no line has one
 * @param last the latest time on a line, or {@code null}
 * @param asked the span that was asked for, or {@code null} if it has no bounds
 * @param complete whether all that was asked for was read; without any line only if the source is
 *     known to hold some
 * @param ended why reading ended
 * @param allSince from when on every line was read up to the end, or {@code null} if no such time
 *     is known
 */
public record Coverage(
    long lines,
    long bytes,
    long cutLines,
    @Nullable Instant first,
    @Nullable Instant last,
    @Nullable Duration asked,
    boolean complete,
    Ended ended,
    @Nullable Instant allSince) {
  /** Why reading ended. */
  public enum Ended {
    /** The source had no more. */
    END,
    /** The bound of bytes. */
    BYTES,
    /** The bound of lines. */
    LINES,
    /** The deadline. */
    DEADLINE,
    /** The source failed. */
    FAILED,
    /** The source is no log: compressed, binary, in another encoding than UTF-8, or a web page. */
    NO_LOG,
    /** The thread was interrupted. */
    INTERRUPTED
  }

  static Coverage of(Tally tally, LogQuery query, long bytes, long cut, Ended ended) {
    var first = tally.firstAt() == Long.MAX_VALUE ? null : Instant.ofEpochMilli(tally.firstAt());
    var last = tally.lastAt() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(tally.lastAt());
    var from = query.from();
    var to = query.to() != null ? query.to() : last;
    // One odd time among the lines is no proof that the log reaches back: where it begins is.
    boolean reachesBack =
        from != null
            && first != null
            && !first.isAfter(from)
            && tally.beganAt() <= from.toEpochMilli();
    boolean reaches = query.whole() || reachesBack;
    boolean whole = cut == 0 && ended == Ended.END;
    boolean complete = reaches && whole && (tally.lines() > 0 || query.mayBeQuiet());
    return new Coverage(
        tally.lines(),
        bytes,
        cut,
        first,
        last,
        from == null || to == null || to.isBefore(from) ? null : Duration.between(from, to),
        complete,
        ended,
        complete ? from : whole && tally.lines() > 0 ? query.allSince() : null);
  }

  /**
   * Returns whether nothing is missing of the newest part.
   *
   * @param since where that part begins
   * @return true if all was read, or all since then
   */
  public boolean reaches(Instant since) {
    return complete || (allSince != null && !allSince.isAfter(since));
  }

  /** Such as {@code 2,000 lines, last 40 s of 10 min}. */
  @Override
  public String toString() {
    if (lines == 0 && complete && asked != null) {
      return "no line in " + words(asked);
    }
    var text = String.format(Locale.ROOT, "%,d lines", lines);
    if (first != null && last != null) {
      var span = Duration.between(first, last);
      text += asked == null ? ", " + words(span) : ", last " + words(span) + " of " + words(asked);
    }
    if (cutLines > 0) {
      text += ", " + cutLines + " cut";
    }
    if (!complete) {
      text += ", incomplete (" + ended.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
    return text;
  }

  private static String words(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }
}
