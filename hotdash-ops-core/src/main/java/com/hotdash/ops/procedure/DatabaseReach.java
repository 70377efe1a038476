package com.hotdash.ops.procedure;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.database.StageResult;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Signature;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How far one gets to the database, and what it lets one do. */
public sealed interface DatabaseReach extends DatabaseConnectionFinding {
  /**
   * How far a connection to one address gets.
   *
   * @param probe the stages
   * @param elsewhere whether anything else far away was reached by its name in the same look; if
   *     not, a name that leads nowhere may be the fault of the machine where we stand
   * @param evidence where it was seen
   */
  record Reachability(EndpointProbe probe, boolean elsewhere, List<Evidence> evidence)
      implements DatabaseReach {
    /** Copies the list. */
    public Reachability {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.reachability";
    }

    @Override
    public Severity weight() {
      return probe.application() ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return failure()
          .map(failed -> tellsNothing(failed.kind()) ? Verdict.UNKNOWN : Verdict.PROBLEM)
          .orElse(Verdict.OK);
    }

    /**
     * That we cannot reach an address which only migrations use says more about the network where
     * we stand: direct addresses of hosted databases often have IPv6 only.
     */
    private boolean tellsNothing(FailureKind kind) {
      return kind.oursForAllWeKnow(elsewhere)
          || (!probe.application() && kind == FailureKind.NAME_NOT_RESOLVED);
    }

    private String onOurSide(StageResult stage) {
      var kind = Objects.requireNonNull(stage.failure()).kind();
      if (kind == FailureKind.NO_ROUTE) {
        return "this machine has no way there; ";
      }
      return kind == FailureKind.NAME_NOT_RESOLVED && !elsewhere
          ? "this machine reached nothing else by name either; "
          : "";
    }

    /**
     * Returns why it got no further.
     *
     * @return the failure, or empty if it got through
     */
    public Optional<ConnectFailure> failure() {
      return probe.failed().map(stage -> Objects.requireNonNull(stage.failure()));
    }

    @Override
    public String summary() {
      return probe
          .failed()
          .map(
              stage ->
                  probe.name()
                      + " fails at "
                      + stage.stage().name().toLowerCase(Locale.ROOT)
                      + " after "
                      + stage.took().toMillis()
                      + " ms: "
                      + onOurSide(stage)
                      + stage.failure())
          .orElseGet(
              () ->
                  probe.name()
                      + " answers a query in "
                      + probe.took().toMillis()
                      + " ms ("
                      + probe.stages().stream()
                          .filter(stage -> stage.stage() != Stage.PARSE)
                          .map(
                              stage ->
                                  stage.stage().name().toLowerCase(Locale.ROOT)
                                      + " "
                                      + stage.took().toMillis())
                          .collect(Collectors.joining(", "))
                      + ")");
    }
  }

  /**
   * Two addresses that should lead to the same database and do not: what is read and ended over one
   * is not what the application uses over the other. Made only if they do differ.
   *
   * @param probes the addresses that were reached
   * @param evidence where it was seen
   */
  record TwoDatabases(List<EndpointProbe> probes, List<Evidence> evidence)
      implements DatabaseReach {
    /** Copies the lists. */
    public TwoDatabases {
      probes = List.copyOf(probes);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.two-databases";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    String names() {
      return probes.stream().map(EndpointProbe::name).collect(Collectors.joining(" and "));
    }

    @Override
    public String summary() {
      return names()
          + " lead to different databases: "
          + probes.stream()
              .map(each -> each.name() + " to " + each.endpoint() + " (" + each.server() + ")")
              .collect(Collectors.joining(", "));
    }
  }

  /**
   * Whether the server accepts writes.
   *
   * @param mode what it allows
   * @param evidence where it was seen
   */
  record Writable(ServerMode mode, List<Evidence> evidence) implements DatabaseReach {
    /** Copies the list. */
    public Writable {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.server.writable";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return mode.readOnly() || mode.inRecovery() ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      if (mode.inRecovery()) {
        return "the server is a standby or in recovery and accepts no writes";
      }
      return mode.readOnly()
          ? "the server is set to read-only: full disk or a setting"
          : "version " + mode.version() + " accepts writes";
    }
  }

  /**
   * What the application's own log tells of the database: it is the application that must get
   * through, and it may fail where we do not. Made only if it tells anything; a few lines, or such
   * as have stopped, are told and no trouble.
   *
   * @param sightings what was seen, the most frequent first
   * @param at when it was looked
   * @param evidence where it was seen
   */
  record Logged(List<Sighting> sightings, Instant at, List<Evidence> evidence)
      implements DatabaseReach {
    // As many as for the shop's timeouts; ours, since nobody names a number.
    private static final int LEAST = 5;

    // How it sounds when the application gets no connection, or cannot use it.
    private static final Set<Signature> TELLING =
        EnumSet.of(
            Signature.DATABASE_FULL,
            Signature.POOL_EMPTY,
            Signature.DATABASE_UNREACHABLE,
            Signature.DATABASE_TIMEOUT,
            Signature.DATABASE_CLOSED,
            Signature.DATABASE_AUTH);

    /** Copies the lists. */
    public Logged {
      sightings = List.copyOf(sightings);
      evidence = List.copyOf(evidence);
    }

    static Optional<Logged> of(Reading.Read<LogSummary> read, Instant at) {
      var found =
          read.value().sightings().stream()
              .filter(each -> TELLING.contains(each.signature()))
              .sorted(Comparator.<Sighting>comparingLong(each -> each.count()).reversed())
              .toList();
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(new Logged(found, at, List.of(read.evidence())));
    }

    @Override
    public String id() {
      return "db.logged";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return most().isPresent() ? Verdict.PROBLEM : Verdict.OK;
    }

    /**
     * Returns what goes on and is told most often.
     *
     * @return the sign, or empty if all are few or over
     */
    public Optional<Signature> most() {
      return sightings.stream()
          .filter(each -> each.count() >= LEAST)
          .filter(
              each ->
                  each.last() == null
                      || !each.last().isBefore(at.minus(ErrorSigns.LoggedErrors.STOPPED)))
          .map(Sighting::signature)
          .findFirst();
    }

    @Override
    public String summary() {
      return "the application's log tells of "
          + sightings.stream()
              .map(each -> each.count() + " × " + each.signature())
              .collect(Collectors.joining(", "))
          + (verdict() == Verdict.OK ? ": few, or over" : "");
    }
  }
}
