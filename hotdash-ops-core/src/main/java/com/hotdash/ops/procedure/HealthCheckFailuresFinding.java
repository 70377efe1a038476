package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether health checks fail, by whose word, and what points to the cause. */
public sealed interface HealthCheckFailuresFinding extends Finding
    permits DependencyMatrix,
        Disagreement,
        FewerRunning,
        HealthCheckFailuresFinding.Checks,
        HealthCheckFailuresFinding.Probes,
        HealthCheckFailuresFinding.Flapping,
        HealthCheckFailuresFinding.Certificate,
        HealthCheckFailuresFinding.LivenessDepends {

  /**
   * What the platform's own checks say of each machine. A machine that sleeps fails nothing.
   *
   * @param machines all of them
   * @param evidence where it was seen
   */
  record Checks(Machines machines, List<Evidence> evidence) implements HealthCheckFailuresFinding {
    /** Copies the list. */
    public Checks {
      evidence = List.copyOf(evidence);
    }

    /**
     * Returns the machines that run and of which a check fails.
     *
     * @return in the order of their ids
     */
    public List<Machine> failing() {
      return machines.running().stream()
          .filter(each -> each.health() == Machine.Health.FAILING)
          .toList();
    }

    /**
     * Returns whether all machines that run fail, so that the cause is hardly in one of them.
     *
     * @return false if at most one runs
     */
    public boolean allAlike() {
      return machines.running().size() > 1 && failing().size() == machines.running().size();
    }

    /**
     * Returns since when checks fail.
     *
     * @return the earliest change to failing; empty if none fails, or the platform does not say
     */
    public Optional<Instant> since() {
      return failing().stream()
          .flatMap(each -> each.checks().stream())
          .filter(each -> each.status() == MachineCheck.Status.CRITICAL)
          .map(MachineCheck::since)
          .filter(Objects::nonNull)
          .map(Instant.class::cast)
          .min(Instant::compareTo);
    }

    private long count(Machine.Health health) {
      return machines.all().stream().filter(each -> each.health() == health).count();
    }

    private List<Machine> crashed() {
      return machines.all().stream().filter(Machine::crashed).toList();
    }

    private long cordoned() {
      return machines.running().stream().filter(Machine::cordoned).count();
    }

    private boolean warned() {
      return machines.running().stream()
          .flatMap(each -> each.checks().stream())
          .anyMatch(each -> each.status() == MachineCheck.Status.WARNING);
    }

    @Override
    public String id() {
      return "health.checks";
    }

    @Override
    public Severity weight() {
      return count(Machine.Health.HEALTHY) == 0 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (machines.running().isEmpty()
          || !failing().isEmpty()
          || !crashed().isEmpty()
          || cordoned() == machines.running().size()
          || warned()) {
        return Verdict.PROBLEM;
      }
      return count(Machine.Health.UNKNOWN) > 0 ? Verdict.UNKNOWN : Verdict.OK;
    }

    @Override
    public String summary() {
      var running = machines.running();
      if (running.isEmpty()) {
        return "no machine runs" + down();
      }
      var text =
          count(Machine.Health.HEALTHY)
              + " of "
              + running.size()
              + " running machines pass the platform's checks";
      if (!failing().isEmpty()) {
        text += allAlike() ? ", all fail: " : ", " + failing().size() + " fail: ";
        text += said(failing().get(0));
      }
      long unknown = count(Machine.Health.UNKNOWN);
      return Names.cut(
          text
              + (unknown > 0 ? ", " + unknown + " have not reported" : "")
              + (warned() ? ", a check warns" : "")
              + (cordoned() > 0 ? ", " + cordoned() + " get no requests: cordoned" : "")
              + down());
    }

    private String down() {
      return crashed().isEmpty()
          ? ""
          : ", crashed and down: " + Names.some(crashed().stream().map(Machine::id).toList());
    }

    private static String said(Machine machine) {
      return machine.checks().stream()
          .filter(each -> each.status() == MachineCheck.Status.CRITICAL)
          .findFirst()
          .map(
              each ->
                  machine.id()
                      + " "
                      + each.name()
                      + (each.since() == null ? "" : " since " + Stamp.of(each.since()))
                      + (each.output().isBlank() ? "" : ", " + Names.line(each.output(), 60)))
          .orElse(machine.id());
    }
  }

  /**
   * What each machine answered to our own requests, endpoint by endpoint. {@code degraded} comes
   * with 503 on one of them and with 200 on another.
   *
   * @param health the answers
   * @param evidence where it was seen
   */
  record Probes(AppHealth health, List<Evidence> evidence) implements HealthCheckFailuresFinding {
    /** Copies the list. */
    public Probes {
      evidence = List.copyOf(evidence);
    }

    /**
     * Returns the machines that do not serve.
     *
     * @return those that answered with a failure or not at all
     */
    public List<MachineHealth> failing() {
      return health.refusedBeforeAll()
          ? List.of()
          : health.machines().stream().filter(each -> each.status() == HealthStatus.FAIL).toList();
    }

    /**
     * Returns whether all machines that were asked fail.
     *
     * @return false if at most one was asked
     */
    public boolean allAlike() {
      return health.machines().size() > 1 && failing().size() == health.machines().size();
    }

    @Override
    public String id() {
      return "health.probes";
    }

    @Override
    public Severity weight() {
      if (failing().isEmpty()) {
        return Severity.WARNING;
      }
      return failing().size() == health.machines().size() ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      var verdict = health.verdict();
      return verdict == Verdict.OK && health.coverage() != null ? Verdict.UNKNOWN : verdict;
    }

    @Override
    public String summary() {
      int all = health.machines().size();
      var worst = worst();
      var text =
          switch (verdict()) {
            case OK -> all + " of " + all + " machines pass our own probes of every endpoint";
            case UNKNOWN ->
                health.refusedBeforeAll()
                    ? "our own probes reached no machine: HOTDASH_OPS_APP_URL refused all, so look"
                        + " whether it is right"
                    : "our own probes cannot tell";
            case PROBLEM ->
                (failing().isEmpty() ? "none" : Integer.toString(failing().size()))
                    + " of "
                    + all
                    + " machines fail our own probes";
          };
      if (verdict() != Verdict.OK && worst.isPresent()) {
        text += ": " + worst.get();
      }
      return Names.cut(text + (health.coverage() == null ? "" : "; " + health.coverage()));
    }

    private Optional<String> worst() {
      return health.machines().stream()
          .flatMap(
              machine ->
                  machine.probes().stream()
                      .filter(each -> !each.misconfigured())
                      .filter(each -> each.status() != HealthStatus.PASS)
                      .map(each -> new Worst(each.status(), machine.instance().id(), each)))
          .max(Comparator.comparing(Worst::status))
          .map(Worst::toString);
    }

    private record Worst(HealthStatus status, String machine, ProbeResult probe) {
      @Override
      public String toString() {
        return machine + " " + Names.line(probe.toString(), 120);
      }
    }
  }

  /**
   * A check that goes back and forth. Made only where the log shows so.
   *
   * @param machine which machine, or an empty text if the log does not say
   * @param check which check, or an empty text
   * @param changes how often it changed
   * @param evidence where it was seen
   */
  record Flapping(String machine, String check, int changes, List<Evidence> evidence)
      implements HealthCheckFailuresFinding {
    /** Copies the list. */
    public Flapping {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "health.flapping";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return Names.cut(
          "the check "
              + (check.isEmpty() ? "" : check + " ")
              + "of "
              + (machine.isEmpty() ? "a machine" : machine)
              + " went back and forth "
              + changes
              + " times");
    }
  }

  /**
   * Whether the front door's certificate can be trusted, and for how long yet.
   *
   * @param state what it showed
   * @param least how long it must still be good
   * @param evidence where it was seen
   */
  record Certificate(CertificateState state, Duration least, List<Evidence> evidence)
      implements HealthCheckFailuresFinding {
    /** Copies the list. */
    public Certificate {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "health.certificate";
    }

    private boolean broken() {
      var left = state.left();
      return state.outcome().name().startsWith("TLS_") || (left != null && left.isNegative());
    }

    @Override
    public Severity weight() {
      return broken() ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      var left = state.left();
      if (broken() || (left != null && left.compareTo(least) < 0)) {
        return Verdict.PROBLEM;
      }
      return left == null ? Verdict.UNKNOWN : Verdict.OK;
    }

    @Override
    public String summary() {
      return Names.cut("the front door: " + state);
    }
  }

  /**
   * An endpoint by which the platform takes machines out of rotation fails because of something
   * that the process itself cannot repair. Made only while that is so.
   *
   * @param path the endpoint
   * @param checks the checks in its answer that fail, in its words
   * @param machines the machines that say so
   * @param evidence where it was seen
   */
  record LivenessDepends(
      String path, List<String> checks, List<String> machines, List<Evidence> evidence)
      implements HealthCheckFailuresFinding {
    /** Copies the lists. */
    public LivenessDepends {
      checks = List.copyOf(checks);
      machines = List.copyOf(machines);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "health.liveness-depends";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return Names.cut(
          path
              + " answers with a failure for "
              + Names.some(checks)
              + ", which takes "
              + Names.some(machines)
              + " out of rotation and repairs nothing");
    }
  }
}
