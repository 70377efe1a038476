package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a machine that grows in a straight line towards its end. Made only where the line fits,
 * goes on, and reaches the limit in time.
 *
 * @param machine which
 * @param bytesPerHour how fast
 * @param fit r² of the line, 0 to 1
 * @param usedBytes where the line stands now
 * @param totalBytes all memory of the machine
 * @param from since when points lie on the line
 * @param release the release before which memory did not grow and after which it does, such as
 *     {@code v118}; {@code null} if it did before, or nobody saw
 * @param ahead how far ahead the limit is a problem
 * @param evidence where it was seen
 */
public record MemoryLeak(
    String machine,
    double bytesPerHour,
    double fit,
    long usedBytes,
    long totalBytes,
    Instant from,
    @Nullable String release,
    Duration ahead,
    List<Evidence> evidence)
    implements MemoryCpuIssuesFinding {
  private static final Duration SOON = Duration.ofHours(1);
  private static final double SECONDS_AN_HOUR = 3_600;

  /** Copies the list. */
  public MemoryLeak {
    evidence = List.copyOf(evidence);
    if (!(bytesPerHour > 0)) {
      throw new IllegalArgumentException("a leak grows");
    }
  }

  @Override
  public String id() {
    return "resources.leak";
  }

  /**
   * Works out when memory ends if it goes on so.
   *
   * @return zero if it has ended already
   */
  public Duration toLimit() {
    double hours = Math.max(0, totalBytes - usedBytes) / bytesPerHour;
    // A slope of nothing leads nowhere; a year is as good as never.
    return Duration.ofSeconds(Math.round(Math.min(hours, 8_766) * SECONDS_AN_HOUR));
  }

  @Override
  public Severity weight() {
    return toLimit().compareTo(SOON) <= 0 ? Severity.CRITICAL : Severity.WARNING;
  }

  @Override
  public Verdict verdict() {
    return toLimit().compareTo(ahead) <= 0 ? Verdict.PROBLEM : Verdict.OK;
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "memory of %s grows by %,.0f MB/h (r² %.2f) since %s, full in %.1f h: %,d of %,d MB",
        machine,
        bytesPerHour / Megabytes.ONE,
        fit,
        release == null ? from : release,
        toLimit().toMinutes() / 60.0,
        Megabytes.of(usedBytes),
        Megabytes.of(totalBytes));
  }
}
