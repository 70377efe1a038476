package com.hotdash.ops.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some runs, newest first.
 *
 * @param runs the runs
 * @param cut why there may be more than these, or {@code null} if these are all
 */
public record Runs(List<Run> runs, @Nullable String cut) {
  /** Copies the list. */
  public Runs {
    runs = List.copyOf(runs);
  }

  @Override
  public String toString() {
    var text =
        runs.isEmpty()
            ? "no runs"
            : runs.stream().limit(20).map(Run::toString).collect(Collectors.joining("\n"));
    return text
        + (runs.size() > 20 ? "\n… " + (runs.size() - 20) + " more" : "")
        + (cut == null ? "" : "\n(" + cut + ")");
  }
}
