package com.hotdash.ops.pipeline;

import java.util.Comparator;
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

  /**
   * Returns the runs in the order in which to cancel them: one that waits begins as soon as the one
   * that holds it back is gone.
   *
   * @return those that wait, then those that run, each newest first
   */
  public List<Run> waitingFirst() {
    return runs.stream()
        .sorted(Comparator.comparing(each -> each.state().status() == RunStatus.IN_PROGRESS))
        .toList();
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
