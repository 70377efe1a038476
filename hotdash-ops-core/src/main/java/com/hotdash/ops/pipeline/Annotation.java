package com.hotdash.ops.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A remark of a tool on a line of the source, or on the job as a whole.
 *
 * @param path the file, or an empty text
 * @param startLine the first line, or 0 if the service does not say
 * @param endLine the last line, or 0
 * @param level the service's own word: {@code notice}, {@code warning}, {@code failure}
 * @param title its title, or {@code null}
 * @param message what it says; redacted
 */
public record Annotation(
    String path, int startLine, int endLine, String level, @Nullable String title, String message) {
  @Override
  public String toString() {
    return (path.isEmpty() ? "" : path + (startLine > 0 ? ":" + startLine : "") + " ")
        + level
        + ": "
        + message;
  }
}
