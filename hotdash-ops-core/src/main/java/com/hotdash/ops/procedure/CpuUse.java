package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.MachineResources;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much processor time machines that run use, and whether the platform holds them back. A shared
 * core may be used for ever only in part, so that a machine can be held back which is not busy.
 *
 * @param machines those that were measured, the worst first
 * @param unmeasured those that run and were not
 * @param evidence where it was seen
 */
public record CpuUse(List<OfMachine> machines, List<String> unmeasured, List<Evidence> evidence)
    implements MemoryCpuIssuesFinding {
  private static final String SHARED = "shared";

  /** Copies the lists. */
  public CpuUse {
    machines =
        machines.stream()
            .sorted(
                Comparator.comparing(OfMachine::verdict)
                    .thenComparing(Comparator.comparingDouble(OfMachine::share).reversed()))
            .toList();
    unmeasured = List.copyOf(unmeasured);
    evidence = List.copyOf(evidence);
  }

  /**
   * The processor time of one machine. What was not measured is {@code null}.
   *
   * @param machine which
   * @param guest its size
   * @param coresUsed cores in use over five minutes, or {@code null}
   * @param baseline cores that it may use for ever, or {@code null}
   * @param throttled the share of time in which it was held back, or {@code null}
   * @param balance how long it may still go beyond its baseline, or {@code null}
   * @param limits from where on something is a problem
   */
  public record OfMachine(
      String machine,
      Guest guest,
      @Nullable Double coresUsed,
      @Nullable Double baseline,
      @Nullable Double throttled,
      @Nullable Duration balance,
      MemoryCpuIssuesThresholds limits) {

    static OfMachine of(MachineResources read, Guest guest, MemoryCpuIssuesThresholds limits) {
      return new OfMachine(
          read.machine(),
          guest,
          number(read.coresUsed()),
          number(read.baselineCores()),
          number(read.throttled()),
          read.balance(),
          limits);
    }

    private static @Nullable Double number(@Nullable Double value) {
      return value != null && Double.isFinite(value) && value >= 0 ? value : null;
    }

    /**
     * Works out the share of the cores that is in use.
     *
     * @return 0 to 1, or 0 if nobody measured it
     */
    public double share() {
      return coresUsed == null ? 0 : coresUsed / Math.max(1, guest.cpus());
    }

    /**
     * Returns whether the platform holds it back.
     *
     * @return false also if nobody measured it
     */
    public boolean heldBack() {
      return throttled != null && throttled >= limits.throttled();
    }

    /**
     * Returns whether what it may use beyond its baseline ends soon.
     *
     * @return false also if nobody measured it
     */
    public boolean runningDry() {
      return balance != null
          && coresUsed != null
          && baseline != null
          && coresUsed > baseline
          && balance.compareTo(limits.balance()) < 0;
    }

    /**
     * Returns what it comes to. A machine with shared cores is fine only if nothing held it back.
     *
     * @return the verdict
     */
    public Verdict verdict() {
      if (heldBack() || runningDry() || share() >= limits.cpu()) {
        return Verdict.PROBLEM;
      }
      boolean told = coresUsed != null && (throttled != null || !guest.cpuKind().equals(SHARED));
      return told ? Verdict.OK : Verdict.UNKNOWN;
    }

    @Override
    public String toString() {
      var text =
          coresUsed == null
              ? machine + " does not tell its use of cores"
              : String.format(
                  Locale.ROOT, "%s uses %.1f of %d cores", machine, coresUsed, guest.cpus());
      if (throttled != null) {
        text += String.format(Locale.ROOT, ", held back %.0f %% of the time", 100 * throttled);
      }
      return balance != null && runningDry()
          ? text + ", " + balance.toSeconds() + " s of balance left"
          : text;
    }
  }

  /**
   * Returns the machines that lack processor time.
   *
   * @return the worst first
   */
  public List<OfMachine> lacking() {
    return machines.stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
  }

  @Override
  public String id() {
    return "resources.cpu";
  }

  @Override
  public Severity weight() {
    return Severity.WARNING;
  }

  @Override
  public Verdict verdict() {
    if (!lacking().isEmpty()) {
      return Verdict.PROBLEM;
    }
    boolean whole =
        unmeasured.isEmpty()
            && !machines.isEmpty()
            && machines.stream().allMatch(each -> each.verdict() == Verdict.OK);
    return whole ? Verdict.OK : Verdict.UNKNOWN;
  }

  @Override
  public String summary() {
    if (machines.isEmpty()) {
      return unmeasured.isEmpty()
          ? "no machine runs, so no processor time was measured"
          : "processor time of none of " + unmeasured.size() + " machines was measured";
    }
    return machines.get(0)
        + (machines.size() > 1 ? ", the worst of " + machines.size() : "")
        + (unmeasured.isEmpty() ? "" : "; not measured: " + Names.some(unmeasured));
  }
}
