package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the application is set up so that an outage stays small. */
public sealed interface ConfigurationFinding extends Finding {
  /** Nobody is hurt by it until something else breaks. */
  @Override
  default Severity weight() {
    return Severity.WARNING;
  }

  /**
   * Whether one machine may be missing.
   *
   * @param machines how many run
   * @param least how many keep running when there are no requests
   * @param evidence where it was seen
   */
  record Spare(int machines, int least, List<Evidence> evidence) implements ConfigurationFinding {
    /** Copies the list. */
    public Spare {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.spare";
    }

    @Override
    public Verdict verdict() {
      return Math.min(machines, least) < 2 ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      return Figures.many(machines, "machine runs", "machines run")
          + ", at least "
          + least
          + (verdict() == Verdict.OK
              ? " always"
              : " when it is quiet: each deploy and each crash is an outage");
    }
  }

  /**
   * What the application's own pools add up to.
   *
   * @param perMachine connections that one machine may open, or {@code null} if no machine tells
   * @param machines how many there are, those that sleep included
   * @param usable connections that the database has for them, or {@code null} if it was not asked
   * @param pooled whether a pooler stands in between, which takes more than it hands on; its own
   *     limit nobody tells
   * @param evidence where it was seen
   */
  record Pools(
      @Nullable Long perMachine,
      int machines,
      @Nullable Integer usable,
      boolean pooled,
      List<Evidence> evidence)
      implements ConfigurationFinding {
    /** Copies the list. */
    public Pools {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.pools";
    }

    @Override
    public Verdict verdict() {
      if (perMachine == null || usable == null) {
        return Verdict.UNKNOWN;
      }
      if (perMachine * machines <= usable) {
        return Verdict.OK;
      }
      return pooled ? Verdict.UNKNOWN : Verdict.PROBLEM;
    }

    /**
     * Returns how many connections one machine may open so that all of them fit.
     *
     * @return the number, or {@code null} if it is not known
     */
    public @Nullable Long fitting() {
      return usable == null || machines == 0 ? null : (long) usable / machines;
    }

    @Override
    public String summary() {
      if (perMachine == null) {
        return "the machines do not tell how many connections each may open";
      }
      return perMachine
          + " connections × "
          + Figures.many(machines, "machine", "machines")
          + " = "
          + perMachine * machines
          + (usable == null
              ? ", and nobody asked the database how many it has"
              : " of "
                  + usable
                  + " that the database has for them"
                  + (verdict() == Verdict.UNKNOWN
                      ? "; whether the pooler takes as many is not known"
                      : ""));
    }
  }

  /**
   * Whether the application's own limit of memory comes before the machine's.
   *
   * @param heapMb the limit of its heap in MB
   * @param memoryMb the machine's memory in MB
   * @param evidence where it was seen
   */
  record HeapLimit(long heapMb, int memoryMb, List<Evidence> evidence)
      implements ConfigurationFinding {
    /** Copies the list. */
    public HeapLimit {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.heap";
    }

    @Override
    public Verdict verdict() {
      return heapMb < memoryMb ? Verdict.OK : Verdict.PROBLEM;
    }

    /** Returns a limit that leaves a quarter to all that is not heap. */
    long fitting() {
      return memoryMb * 3L / 4;
    }

    @Override
    public String summary() {
      return "the heap may grow to "
          + heapMb
          + " MB of a machine of "
          + memoryMb
          + " MB"
          + (verdict() == Verdict.OK
              ? ""
              : ": the kernel kills the process before it can say that memory is short");
    }
  }

  /**
   * Secrets that stand among the plain variables.
   *
   * @param names their names
   * @param evidence where it was seen
   */
  record PlainSecrets(List<String> names, List<Evidence> evidence) implements ConfigurationFinding {
    /** Copies the lists. */
    public PlainSecrets {
      names = List.copyOf(names);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.plain-secrets";
    }

    @Override
    public Verdict verdict() {
      return names.isEmpty() ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return names.isEmpty()
          ? "no required secret stands among the plain variables"
          : "whoever may look at machines can read "
              + Names.some(names)
              + ": they are plain variables";
    }
  }

  /**
   * Whether the machines of one group are set up alike.
   *
   * @param odd machines that differ from most
   * @param evidence where it was seen
   */
  record Alike(List<String> odd, List<Evidence> evidence) implements ConfigurationFinding {
    /** Copies the lists. */
    public Alike {
      odd = List.copyOf(odd);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.alike";
    }

    @Override
    public Verdict verdict() {
      return odd.isEmpty() ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return odd.isEmpty()
          ? "all machines are set up alike"
          : Names.some(odd) + " differ from the others in size, checks, services or variables";
    }
  }

  /**
   * How the newest release that brought an image replaced machines.
   *
   * @param release the release
   * @param evidence where it was seen
   */
  record Strategy(Release release, List<Evidence> evidence) implements ConfigurationFinding {
    // Facts on Fly, section 14.6: all at once, and nobody waits for any of them.
    private static final String AT_ONCE = "IMMEDIATE";
    private static final Map<String, String> ONE_FIRST =
        Map.of(
            "ROLLING", "one machine first, then the others",
            "ROLLING_ONE", "one machine after another",
            "CANARY", "one machine more is tried first",
            "BLUEGREEN", "a second set is tried before it serves");

    /** Copies the list. */
    public Strategy {
      evidence = List.copyOf(evidence);
    }

    /** Empty where no release says so. */
    static Optional<Strategy> of(Observation seen) {
      return Needs.read(seen, PlatformLook.RELEASES)
          .flatMap(
              read ->
                  read.value().stream()
                      .filter(each -> each.status() == Release.Status.COMPLETE)
                      .max(Comparator.comparingInt(Release::version))
                      .map(each -> DeployedMachinesSeen.origin(each, read.value()))
                      .filter(each -> !each.strategy().isEmpty())
                      .map(each -> new Strategy(each, List.of(read.evidence()))));
    }

    @Override
    public String id() {
      return "configuration.strategy";
    }

    @Override
    public Verdict verdict() {
      if (release.strategy().equals(AT_ONCE)) {
        return Verdict.PROBLEM;
      }
      return ONE_FIRST.containsKey(release.strategy()) ? Verdict.OK : Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      return release.label()
          + " went out "
          + Names.line(release.strategy(), 20)
          + ": "
          + (verdict() == Verdict.PROBLEM
              ? "all machines at once, and nobody waits for their checks"
              : ONE_FIRST.getOrDefault(release.strategy(), "what that does is not known"));
    }
  }
}
