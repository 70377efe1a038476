package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.time.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A machine that ran out of memory. Made only where that was seen.
 *
 * @param machine which
 * @param kinds who says so; at least one
 * @param times how often, at least
 * @param last when last, or {@code null} if nobody says
 * @param memoryMb memory of the machine in MB, or {@code null} if it is gone
 * @param evidence where it was seen
 */
public record OutOfMemory(
    String machine,
    Set<Kind> kinds,
    long times,
    @Nullable Instant last,
    @Nullable Integer memoryMb,
    List<Evidence> evidence)
    implements MemoryCpuIssuesFinding {
  /** Who says that memory ran out. Each wants another cure. */
  public enum Kind {
    /** The JavaScript engine reached its own heap limit, and more memory alone is no cure. */
    V8_HEAP("the JavaScript heap's own limit"),
    /** The kernel ended the process. */
    KERNEL("the machine's kernel"),
    /** The platform counted it. */
    REPORTED("the platform"),
    /** The process was killed with code 137 and nobody says why; that is often memory. */
    KILLED("nobody but the code 137, which is often memory");

    private final String who;

    Kind(String who) {
      this.who = who;
    }
  }

  /** Copies the lists. */
  public OutOfMemory {
    kinds = Set.copyOf(kinds);
    evidence = List.copyOf(evidence);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("nobody says that memory ran out");
    }
  }

  @Override
  public String id() {
    return "resources.out-of-memory";
  }

  @Override
  public Severity weight() {
    return Severity.CRITICAL;
  }

  @Override
  public Verdict verdict() {
    return Verdict.PROBLEM;
  }

  @Override
  public String summary() {
    var who = kinds.stream().sorted().map(kind -> kind.who).collect(Collectors.joining(" and "));
    return machine
        + " ran out of memory "
        + (times == 1 ? "once" : times + " times")
        + (last == null ? "" : ", last at " + Stamp.of(last))
        + (memoryMb == null ? "" : String.format(Locale.ROOT, ", with %,d MB", memoryMb))
        + ", says "
        + who;
  }
}
