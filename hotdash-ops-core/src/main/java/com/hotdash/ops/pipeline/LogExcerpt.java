package com.hotdash.ops.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of a job's log that tells why it failed.
 *
 * @param lines the lines around each error and the last ones, in their order; redacted
 * @param totalLines how many lines the whole log has, as far as it was read
 * @param stepLines how many of them belong to the step that failed; 0 if that could not be told
 * @param truncated whether {@code lines} is not everything of what it is about
 * @param incomplete why the log could not be read to its end, or {@code null} if it was
 */
public record LogExcerpt(
    List<Line> lines,
    long totalLines,
    long stepLines,
    boolean truncated,
    @Nullable String incomplete) {
  /** Copies the lines. */
  public LogExcerpt {
    lines = List.copyOf(lines);
  }

  /**
   * One line.
   *
   * @param number its place in the whole log, from 1
   * @param at its time, or {@code null} if it carries none
   * @param text its text without time, colours and line end; redacted
   */
  public record Line(long number, @Nullable Instant at, String text) {
    /**
     * Returns whether the tool marked this line as an error.
     *
     * @return true if it begins with {@code ##[error]}
     */
    public boolean error() {
      return text.startsWith("##[error]");
    }

    @Override
    public String toString() {
      return number + "  " + text;
    }
  }

  /**
   * Tells how much of the log this is.
   *
   * @return such as {@code 60 of 10,421 lines}
   */
  public String coverage() {
    return "%,d of %,d lines".formatted(lines.size(), totalLines)
        + (incomplete == null ? "" : ", log not read to its end: " + incomplete);
  }

  @Override
  public String toString() {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"))
        + "\n("
        + coverage()
        + ")";
  }
}
