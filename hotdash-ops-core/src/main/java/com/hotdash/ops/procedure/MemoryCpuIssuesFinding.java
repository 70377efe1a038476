package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.MachineExit;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether memory or processor time run out, where, and what points to the cause. */
public sealed interface MemoryCpuIssuesFinding extends Finding
    permits OutOfMemory,
        MemoryLeak,
        CpuUse,
        ProcessStrain,
        MemoryCpuIssuesFinding.Ends,
        MemoryCpuIssuesFinding.Memory,
        MemoryCpuIssuesFinding.Connections {

  /**
   * Ends of processes that nobody asked for.
   *
   * @param window how far back an end counts
   * @param machines those that had one; empty if none had
   * @param looked how many machines were looked at
   * @param evidence where it was seen
   */
  record Ends(Duration window, List<MachineEnds> machines, int looked, List<Evidence> evidence)
      implements MemoryCpuIssuesFinding {
    /**
     * The ends of one machine.
     *
     * @param machine which
     * @param exits those that nobody asked for, newest first
     * @param loop whether it ends again and again
     * @param down whether it was not started again
     */
    public record MachineEnds(String machine, List<MachineExit> exits, boolean loop, boolean down) {
      /** Copies the list. */
      public MachineEnds {
        exits = List.copyOf(exits);
      }

      /** The platform keeps the newest ends alone, and counts how often it started it again. */
      private int times() {
        return Math.max(
            exits.size(), exits.stream().mapToInt(MachineExit::restarts).max().orElse(0));
      }

      @Override
      public String toString() {
        var codes = exits.stream().map(each -> "" + each.code()).distinct().toList();
        if (exits.isEmpty()) {
          return machine + (loop ? " ends again and again, by its log" : " is down");
        }
        return machine
            + " ended "
            + (loop ? "at least " : "")
            + (times() == 1 ? "once" : times() + " times")
            + " with code "
            + String.join(", ", codes)
            + (loop ? " (a loop)" : "")
            + (down ? ", and is down" : "");
      }
    }

    /** Copies the lists. */
    public Ends {
      machines = List.copyOf(machines);
      evidence = List.copyOf(evidence);
    }

    /**
     * Returns whether a machine ends again and again.
     *
     * @param machine which
     * @return true if so
     */
    public boolean loops(String machine) {
      return machines.stream().anyMatch(each -> each.machine().equals(machine) && each.loop());
    }

    @Override
    public String id() {
      return "resources.ends";
    }

    @Override
    public Severity weight() {
      return machines.stream().anyMatch(each -> each.loop() || each.down())
          ? Severity.CRITICAL
          : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (!machines.isEmpty()) {
        return Verdict.PROBLEM;
      }
      return looked == 0 ? Verdict.UNKNOWN : Verdict.OK;
    }

    @Override
    public String summary() {
      if (looked == 0) {
        return "there is no machine";
      }
      var time = " in " + window.toMinutes() + " min";
      return machines.isEmpty()
          ? "none of " + looked + " machines ended by itself" + time
          : machines.stream().limit(2).map(MachineEnds::toString).collect(Collectors.joining("; "))
              + (machines.size() > 2 ? "; " + (machines.size() - 2) + " more" : "")
              + time;
    }
  }

  /**
   * How much memory machines that run have in use.
   *
   * @param machines those that were measured
   * @param unmeasured those that run and were not
   * @param scarce the share from which it is scarce
   * @param critical the share from which it is critical
   * @param evidence where it was seen
   */
  record Memory(
      List<MachineMemory> machines,
      List<String> unmeasured,
      double scarce,
      double critical,
      List<Evidence> evidence)
      implements MemoryCpuIssuesFinding {
    /**
     * The memory of one machine.
     *
     * @param machine which
     * @param usedBytes what is not available to new work
     * @param totalBytes all that it has
     */
    public record MachineMemory(String machine, long usedBytes, long totalBytes) {
      /**
       * Works out the share in use.
       *
       * @return 0 to 1
       */
      public double share() {
        return (double) usedBytes / totalBytes;
      }

      @Override
      public String toString() {
        return String.format(
            Locale.ROOT,
            "%s uses %.0f %% of its %,d MB",
            machine,
            100 * share(),
            Megabytes.of(totalBytes));
      }
    }

    /** Copies the lists; the fullest machine comes first. */
    public Memory {
      machines =
          machines.stream()
              .sorted(Comparator.comparingDouble(MachineMemory::share).reversed())
              .toList();
      unmeasured = List.copyOf(unmeasured);
      evidence = List.copyOf(evidence);
    }

    /**
     * Returns the machines of which memory is scarce.
     *
     * @return the fullest first
     */
    public List<MachineMemory> full() {
      return machines.stream().filter(each -> each.share() >= scarce).toList();
    }

    @Override
    public String id() {
      return "resources.memory";
    }

    @Override
    public Severity weight() {
      return machines.stream().anyMatch(each -> each.share() >= critical)
          ? Severity.CRITICAL
          : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (!full().isEmpty()) {
        return Verdict.PROBLEM;
      }
      return machines.isEmpty() || !unmeasured.isEmpty() ? Verdict.UNKNOWN : Verdict.OK;
    }

    @Override
    public String summary() {
      if (machines.isEmpty()) {
        return unmeasured.isEmpty()
            ? "no machine runs, so no memory was measured"
            : "memory of none of " + unmeasured.size() + " machines was measured";
      }
      return machines.get(0)
          + (machines.size() > 1 ? ", the fullest of " + machines.size() : "")
          + (unmeasured.isEmpty() ? "" : "; not measured: " + Names.some(unmeasured));
    }
  }

  /**
   * How many sessions the database holds, to be seen beside a leak. Never a problem here: a pool
   * that is warm is idle, too.
   *
   * @param sessions how many there are
   * @param idle how many of them have been idle for {@code idleFor}
   * @param idleFor how long
   * @param opened how many of the idle ones were opened within {@link #LATELY}: those pile up where
   *     connections are not closed
   * @param evidence where it was seen
   */
  record Connections(int sessions, int idle, Duration idleFor, int opened, List<Evidence> evidence)
      implements MemoryCpuIssuesFinding {
    /** An hour. */
    public static final Duration LATELY = Duration.ofHours(1);

    /** Copies the list. */
    public Connections {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "resources.connections";
    }

    @Override
    public Severity weight() {
      return Severity.INFO;
    }

    @Override
    public Verdict verdict() {
      return Verdict.OK;
    }

    @Override
    public String summary() {
      return Count.sessions(sessions)
          + " in the database, "
          + idle
          + " of them idle for "
          + idleFor.toMinutes()
          + " min or more"
          + (idle == 0 ? "" : ", " + opened + " opened within the last hour");
    }
  }
}
