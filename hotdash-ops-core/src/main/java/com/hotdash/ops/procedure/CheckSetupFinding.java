package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.MachineSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the platform's health checks find what is not well, and nothing else. */
public sealed interface CheckSetupFinding extends Finding {
  /** Nobody is hurt by it until something else breaks. */
  @Override
  default Severity weight() {
    return Severity.WARNING;
  }

  /**
   * Which health checks the platform makes.
   *
   * @param checks those of all machines, each once
   * @param unchecked machines that serve and have none
   * @param badly what is wrong with one: no path, no timeout, or as long as its interval
   * @param evidence where it was seen
   */
  record HealthChecks(
      List<MachineSettings.Check> checks,
      List<String> unchecked,
      List<String> badly,
      List<Evidence> evidence)
      implements CheckSetupFinding {
    /** Copies the lists. */
    public HealthChecks {
      checks = List.copyOf(checks);
      unchecked = List.copyOf(unchecked);
      badly = List.copyOf(badly);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.checks";
    }

    @Override
    public Verdict verdict() {
      return unchecked.isEmpty() && badly.isEmpty() && !checks.isEmpty()
          ? Verdict.OK
          : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      if (!unchecked.isEmpty() || checks.isEmpty()) {
        return "no health check asks "
            + (unchecked.isEmpty() ? "any machine" : Names.some(unchecked))
            + ": a deploy takes whatever starts for good";
      }
      return badly.isEmpty()
          ? checks.stream().map(Object::toString).collect(Collectors.joining("; "))
          : Names.some(badly);
    }
  }

  /**
   * A health check that waits less long than the application itself waits for the database: when
   * the database is slow, every machine goes out of rotation before any has given up.
   *
   * @param check the check
   * @param waits how long the application waits for the database
   * @param evidence where it was seen
   */
  record CheckTimeout(MachineSettings.Check check, Duration waits, List<Evidence> evidence)
      implements CheckSetupFinding {
    /** Copies the list. */
    public CheckTimeout {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.check-timeout";
    }

    @Override
    public Verdict verdict() {
      var timeout = check.timeout();
      if (timeout == null) {
        return Verdict.UNKNOWN;
      }
      return timeout.compareTo(waits) < 0 ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      var timeout = check.timeout();
      return check.path()
          + " asks the database: its check waits "
          + (timeout == null ? "nobody knows how long" : Figures.time(timeout))
          + ", the application waits "
          + Figures.time(waits)
          + " for the database";
    }
  }

  /**
   * A health check that fails with what the application stands on: when that is in trouble, the
   * platform takes every machine out of rotation, and nothing is repaired by it.
   *
   * @param path what the check asks
   * @param names what its answer tells of; none if it is shallow
   * @param evidence where it was seen
   */
  record DeepCheck(String path, List<String> names, List<Evidence> evidence)
      implements CheckSetupFinding {
    /** Copies the lists. */
    public DeepCheck {
      names = List.copyOf(names);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.deep-check";
    }

    @Override
    public Verdict verdict() {
      return names.isEmpty() ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return names.isEmpty()
          ? path + " tells of nothing that the application stands on"
          : path
              + " decides the rotation and asks "
              + Names.some(names)
              + ": their trouble takes every machine out";
    }
  }

  /**
   * A health check that is passed by its code alone, while its body says that all is not well.
   *
   * @param path what the check asks
   * @param said the body's own word
   * @param machines which machines answer so
   * @param evidence where it was seen
   */
  record BlindCheck(String path, String said, List<String> machines, List<Evidence> evidence)
      implements CheckSetupFinding {
    /** Copies the lists. */
    public BlindCheck {
      machines = List.copyOf(machines);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.blind-check";
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return path
          + " answers 200 on "
          + Names.some(machines)
          + " and says \""
          + said
          + "\": the check passes what is not well";
    }
  }

  /**
   * A path that a health check asks, and that did not answer us.
   *
   * @param path what the check asks
   * @param evidence where it was seen
   */
  record Unanswered(String path, List<Evidence> evidence) implements CheckSetupFinding {
    /** Copies the list. */
    public Unanswered {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "configuration.unanswered";
    }

    @Override
    public Verdict verdict() {
      return Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      return "a health check asks " + path + ", and no machine answered us there";
    }
  }
}
