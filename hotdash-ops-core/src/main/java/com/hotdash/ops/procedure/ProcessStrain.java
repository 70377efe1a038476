package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.ProcessSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How hard the processes find their work, as they say themselves: event loop, garbage, files.
 *
 * @param processes one for each machine that was read, the worst first
 * @param missing what was not read, or {@code null} if all was
 * @param evidence where it was seen
 */
public record ProcessStrain(
    List<OfProcess> processes, @Nullable String missing, List<Evidence> evidence)
    implements MemoryCpuIssuesFinding {
  /** Copies the lists. */
  public ProcessStrain {
    processes = processes.stream().sorted(Comparator.comparing(OfProcess::verdict)).toList();
    evidence = List.copyOf(evidence);
  }

  /**
   * What one process says.
   *
   * @param now what it says of itself
   * @param handlesBefore handles that were open at the first scrape, or {@code null}
   * @param limits from where on something is a problem
   */
  public record OfProcess(
      ProcessSignals now, @Nullable Double handlesBefore, MemoryCpuIssuesThresholds limits) {
    /**
     * Returns whether its event loop is late.
     *
     * @return false also if it does not tell
     */
    public boolean late() {
      var lag = now.eventLoopLagP99Seconds();
      return lag != null && lag > seconds(limits.eventLoop());
    }

    /**
     * Returns whether it collects garbage most of all.
     *
     * @return false also if it does not tell
     */
    public boolean collecting() {
      var share = now.gcShare();
      return share != null && share >= limits.collecting();
    }

    /**
     * Returns whether it soon can open no more files or connections.
     *
     * @return false also if it does not tell
     */
    public boolean outOfFiles() {
      var open = now.openFds();
      var most = now.maxFds();
      return open != null && most != null && most > 0 && open >= limits.openFiles() * most;
    }

    /**
     * Returns what it comes to. One that does not tell of its event loop is not fine.
     *
     * @return the verdict
     */
    public Verdict verdict() {
      if (late() || collecting() || outOfFiles()) {
        return Verdict.PROBLEM;
      }
      return now.eventLoopLagP99Seconds() == null ? Verdict.UNKNOWN : Verdict.OK;
    }

    private static double seconds(Duration limit) {
      return limit.toMillis() / 1_000.0;
    }

    @Override
    public String toString() {
      var parts = new ArrayList<String>();
      var lag = now.eventLoopLagP99Seconds();
      parts.add(
          lag == null
              ? "does not tell of its event loop"
              : String.format(Locale.ROOT, "event loop %.2f s late at p99", lag));
      var share = now.gcShare();
      if (share != null) {
        parts.add(String.format(Locale.ROOT, "%.0f %% of the time for garbage", 100 * share));
      }
      var open = now.openFds();
      var most = now.maxFds();
      if (open != null && most != null) {
        parts.add(String.format(Locale.ROOT, "%,.0f of %,.0f files open", open, most));
      }
      var handles = now.activeHandles();
      if (handles != null) {
        parts.add(
            String.format(Locale.ROOT, "%,.0f handles", handles)
                + (handlesBefore == null || handlesBefore.equals(handles)
                    ? ""
                    : String.format(Locale.ROOT, " (%+,.0f)", handles - handlesBefore)));
      }
      return now.instance() + ": " + String.join(", ", parts);
    }
  }

  /**
   * Returns the processes that are under strain.
   *
   * @return the worst first
   */
  public List<OfProcess> strained() {
    return processes.stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
  }

  @Override
  public String id() {
    return "resources.process";
  }

  @Override
  public Severity weight() {
    return strained().size() == processes.size() ? Severity.CRITICAL : Severity.WARNING;
  }

  @Override
  public Verdict verdict() {
    if (!strained().isEmpty()) {
      return Verdict.PROBLEM;
    }
    boolean whole =
        missing == null
            && !processes.isEmpty()
            && processes.stream().allMatch(each -> each.verdict() == Verdict.OK);
    return whole ? Verdict.OK : Verdict.UNKNOWN;
  }

  @Override
  public String summary() {
    var first = processes.isEmpty() ? "no process told of itself" : processes.get(0).toString();
    return first + (missing == null ? "" : "; not read: " + missing);
  }
}
