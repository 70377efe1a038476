package com.hotdash.ops.procedure;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges database connection issues (R4): a pure function of an observation. Immutable and
 * thread-safe.
 */
public final class DatabaseConnectionProcedure implements Procedure {
  private static final List<ReadingKey<?>> REQUIRED =
      List.of(
          DatabaseLook.CONNECTIVITY,
          DatabaseLook.CAPACITY,
          DatabaseLook.SESSIONS,
          DatabaseLook.LOCKS,
          DatabaseLook.MODE);

  private final DatabaseThresholds thresholds;

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is a problem
   */
  public DatabaseConnectionProcedure(DatabaseThresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public Incident incident() {
    return Incident.DATABASE_CONNECTION_ISSUES;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    return Stream.concat(
            REQUIRED.stream(),
            Stream.of(DatabaseLook.APPLICATION_POOL, PlatformLook.LOGS, StatusPages.PAGES))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Diagnosis diagnose(Observation seen, Estate estate) {
    var findings = new ArrayList<DatabaseConnectionFinding>();
    reachability(seen, findings);
    slots(seen, findings);
    ownLimits(seen, findings);
    pooler(seen, findings);
    read(seen, DatabaseLook.MODE)
        .ifPresent(
            read ->
                findings.add(new DatabaseReach.Writable(read.value(), List.of(read.evidence()))));
    sessions(seen, findings);
    locks(seen, findings);
    read(seen, DatabaseLook.MODE)
        .ifPresent(
            read ->
                findings.add(
                    new DatabaseSessions.SchemaChange(
                        read.value().changes(), List.of(read.evidence()))));
    // Last, because they are what the others cause.
    read(seen, DatabaseLook.APPLICATION_POOL)
        .ifPresent(
            read ->
                findings.add(new DatabaseSlots.OwnPool(read.value(), List.of(read.evidence()))));
    read(seen, PlatformLook.LOGS)
        .flatMap(read -> DatabaseReach.Logged.of(read, seen.at()))
        .ifPresent(findings::add);

    VendorPages.troubled(seen)
        .forEach(read -> findings.add(new VendorTrouble(read.value(), List.of(read.evidence()))));

    var notChecked = notChecked(seen);
    var advisor =
        new DatabaseConnectionAdvice(
            findings,
            thresholds,
            read(seen, DatabaseLook.SESSIONS)
                .map(Reading.Read::value)
                .map(Sessions::visible)
                .orElse(List.of()));
    return new Diagnosis(
        Incident.DATABASE_CONNECTION_ISSUES,
        estate,
        seen.at(),
        verdict(seen, findings),
        List.copyOf(findings),
        notChecked,
        advisor.recommendations(),
        advisor.contraindications());
  }

  /** What should have been read and was not keeps the whole from being OK. */
  private static Verdict verdict(Observation seen, List<? extends Finding> findings) {
    var verdicts =
        findings.stream()
            .filter(each -> !(each instanceof VendorTrouble))
            .map(Finding::verdict)
            .collect(Collectors.toCollection(ArrayList::new));
    for (var key : REQUIRED) {
      if (seen.get(key).obstacle().isPresent()) {
        verdicts.add(Verdict.UNKNOWN);
      }
    }
    if (failedOptional(seen).isPresent() || applicationNotTried(seen).isPresent()) {
      verdicts.add(Verdict.UNKNOWN);
    }
    return Verdict.rollUp(verdicts);
  }

  /** A pool that was handed in and cannot be read is a gap; one that was not handed in is not. */
  private static Optional<NotChecked> failedOptional(Observation seen) {
    return seen.get(DatabaseLook.APPLICATION_POOL)
        .obstacle()
        .filter(obstacle -> obstacle.why() != Why.NOT_CONFIGURED);
  }

  private static List<NotChecked> notChecked(Observation seen) {
    var list = new ArrayList<NotChecked>();
    for (var key : REQUIRED) {
      seen.get(key).obstacle().ifPresent(list::add);
    }
    seen.get(DatabaseLook.APPLICATION_POOL).obstacle().ifPresent(list::add);
    // It only adds to what the database says itself.
    seen.get(PlatformLook.LOGS)
        .obstacle()
        .filter(each -> each.why() != Why.NOT_CONFIGURED)
        .ifPresent(list::add);
    list.addAll(notTried(seen));
    applicationNotTried(seen).ifPresent(list::add);
    read(seen, DatabaseLook.SESSIONS)
        .map(Reading.Read::value)
        .filter(sessions -> sessions.hidden() > 0)
        .ifPresent(
            sessions ->
                list.add(
                    new NotChecked(
                        "state of " + Count.sessions(sessions.hidden()),
                        Why.NOT_PERMITTED,
                        "our role may not see them",
                        "grant it: checkAccess() has the SQL")));
    list.addAll(VendorPages.notChecked(seen));
    return list;
  }

  /** That migrations get through says nothing of the way that the application takes. */
  private static Optional<NotChecked> applicationNotTried(Observation seen) {
    return read(seen, DatabaseLook.CONNECTIVITY)
        .filter(read -> read.value().probes().stream().noneMatch(EndpointProbe::application))
        .map(
            read ->
                new NotChecked(
                    "the application's own address",
                    Why.NOT_CONFIGURED,
                    "only an address that the application does not use was tried",
                    "set DATABASE_URL"));
  }

  /** Addresses that we did not get to the end of, for reasons of our own. */
  private static List<NotChecked> notTried(Observation seen) {
    return read(seen, DatabaseLook.CONNECTIVITY).stream()
        .flatMap(read -> read.value().probes().stream())
        .flatMap(
            probe ->
                probe.failed().stream()
                    .flatMap(stage -> Stream.ofNullable(stage.failure()))
                    .filter(failure -> failure.kind().oursForAllWeKnow(Elsewhere.reached(seen)))
                    .map(
                        failure ->
                            new NotChecked(
                                "connection by " + probe.name(),
                                why(failure.kind()),
                                failure.text(),
                                failure.nextStep())))
        .toList();
  }

  private static Why why(FailureKind kind) {
    return switch (kind) {
      case DEADLINE -> Why.TIMED_OUT;
      case NO_ROUTE, NAME_NOT_RESOLVED -> Why.UNREACHABLE;
      case URL_MALFORMED -> Why.NOT_CONFIGURED;
      default -> Why.CANCELLED;
    };
  }

  private static void reachability(Observation seen, List<DatabaseConnectionFinding> findings) {
    read(seen, DatabaseLook.CONNECTIVITY)
        .ifPresent(
            read -> {
              for (var probe : read.value().probes()) {
                findings.add(
                    new DatabaseReach.Reachability(
                        probe,
                        Elsewhere.reached(seen),
                        List.of(read.evidence().withValue(probe.endpoint()))));
              }
              if (read.value().leadsApart()) {
                findings.add(
                    new DatabaseReach.TwoDatabases(
                        read.value().probes().stream()
                            .filter(probe -> probe.server() != null)
                            .toList(),
                        List.of(read.evidence())));
              }
            });
  }

  private void slots(Observation seen, List<DatabaseConnectionFinding> findings) {
    var capacity = read(seen, DatabaseLook.CAPACITY);
    var refusal = refusal(seen, FailureKind.Layer.SERVER_SLOTS);
    if (capacity.isPresent() || refusal.isPresent()) {
      findings.add(
          new DatabaseSlots.ServerSlots(
              capacity.map(Reading.Read::value).orElse(null),
              refusal.orElse(null),
              thresholds.fullAt(),
              evidence(seen, seen.get(DatabaseLook.CAPACITY), refusal.orElse(null))));
    }
  }

  private static void ownLimits(Observation seen, List<DatabaseConnectionFinding> findings) {
    var refusal = refusal(seen, FailureKind.Layer.LIMIT).orElse(null);
    var capacity = read(seen, DatabaseLook.CAPACITY).orElse(null);
    for (var kind : List.of(FailureKind.ROLE_LIMIT, FailureKind.DATABASE_LIMIT)) {
      boolean role = kind == FailureKind.ROLE_LIMIT;
      var mine = refusal != null && refusal.kind() == kind ? refusal : null;
      Capacity.Quota quota = null;
      if (capacity != null) {
        quota = role ? capacity.value().role() : capacity.value().database();
      }
      if (mine != null || (quota != null && quota.limit() != null)) {
        findings.add(
            new DatabaseSlots.OwnLimit(
                role ? "role" : "database",
                quota,
                mine,
                evidence(seen, seen.get(DatabaseLook.CAPACITY), mine)));
      }
    }
  }

  private static void pooler(Observation seen, List<DatabaseConnectionFinding> findings) {
    read(seen, DatabaseLook.CONNECTIVITY)
        .filter(read -> read.value().probes().stream().anyMatch(probe -> probe.pooled()))
        .ifPresent(
            read -> {
              var refusal = refusal(seen, FailureKind.Layer.POOLER).orElse(null);
              boolean through =
                  read.value().probes().stream()
                      .anyMatch(probe -> probe.pooled() && probe.failed().isEmpty());
              if (refusal != null || through) {
                findings.add(new DatabaseSlots.Pooler(refusal, List.of(read.evidence())));
              }
            });
  }

  private void sessions(Observation seen, List<DatabaseConnectionFinding> findings) {
    var read = read(seen, DatabaseLook.SESSIONS);
    if (read.isEmpty()) {
      return;
    }
    var sessions = read.get().value();
    var now = sessions.serverTime();
    var where = List.of(read.get().evidence());
    findings.add(idleInTransaction(seen, sessions, where));
    // An index build is meant to take long, and told of by itself.
    var building =
        read(seen, DatabaseLook.MODE).stream()
            .flatMap(mode -> mode.value().changes().stream())
            .filter(change -> !change.waiting())
            .map(ServerMode.RunningChange::pid)
            .collect(Collectors.toSet());
    var longOnes =
        sessions.visible().stream()
            .filter(each -> !each.idleInTransaction() && each.sparedBecause() == null)
            .filter(each -> !building.contains(each.id().pid()))
            .filter(each -> each.inTransaction(now).compareTo(thresholds.longTransaction()) >= 0)
            .sorted(Comparator.comparing((Session each) -> each.inTransaction(now)).reversed())
            .toList();
    var oldest = longOnes.isEmpty() ? Duration.ZERO : longOnes.get(0).inTransaction(now);
    findings.add(new DatabaseSessions.LongTransactions(longOnes, sessions.hidden(), oldest, where));
    idle(sessions, read(seen, DatabaseLook.CAPACITY).map(Reading.Read::value), where)
        .ifPresent(findings::add);
  }

  private DatabaseSessions.IdleInTransaction idleInTransaction(
      Observation seen, Sessions sessions, List<Evidence> where) {
    var now = sessions.serverTime();
    var bad =
        sessions.visible().stream()
            .filter(Session::idleInTransaction)
            .filter(each -> tooLong(each, now) || !heldUp(seen, each, sessions).isEmpty())
            .sorted(Comparator.comparing(Session::stateSince))
            .toList();
    int blocking = bad.stream().mapToInt(each -> heldUp(seen, each, sessions).size()).sum();
    return new DatabaseSessions.IdleInTransaction(
        bad,
        sessions.hidden(),
        bad.isEmpty() ? Duration.ZERO : bad.get(0).inState(now),
        blocking,
        thresholds.idleInTransaction(),
        where);
  }

  /** The application with most idle sessions; they matter only where slots are short. */
  private Optional<DatabaseSlots.IdleSessions> idle(
      Sessions sessions, Optional<Capacity> capacity, List<Evidence> where) {
    Map<String, List<Session>> byApplication = new LinkedHashMap<>();
    for (var each : sessions.visible()) {
      if (each.state().equals(Session.IDLE)) {
        byApplication.computeIfAbsent(each.application(), ignored -> new ArrayList<>()).add(each);
      }
    }
    return byApplication.entrySet().stream()
        .max(Comparator.comparingInt(group -> group.getValue().size()))
        .flatMap(group -> capacity.map(now -> idle(group, now, sessions.serverTime(), where)));
  }

  private DatabaseSlots.IdleSessions idle(
      Map.Entry<String, List<Session>> group,
      Capacity capacity,
      Instant now,
      List<Evidence> where) {
    int idle = group.getValue().size();
    boolean full = capacity.clientBackends() >= thresholds.fullAt() * capacity.usable();
    var oldest =
        group.getValue().stream()
            .map(each -> each.inState(now))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new DatabaseSlots.IdleSessions(
        group.getKey(),
        idle,
        capacity.usable(),
        oldest,
        full && idle >= thresholds.idleFlood() * capacity.usable(),
        where);
  }

  private void locks(Observation seen, List<DatabaseConnectionFinding> findings) {
    read(seen, DatabaseLook.LOCKS)
        .ifPresent(
            read ->
                findings.add(
                    new DatabaseSessions.LockQueue(
                        read.value(),
                        longestWait(seen, read.value()).orElse(null),
                        thresholds.lockWait(),
                        List.of(read.evidence()))));
  }

  /** A schema change may wait for long by its nature, and hurts nobody by it. */
  private static List<Integer> users(Observation seen, List<Integer> waiters) {
    var changes =
        read(seen, DatabaseLook.MODE).stream()
            .flatMap(read -> read.value().changes().stream())
            .map(ServerMode.RunningChange::pid)
            .collect(Collectors.toSet());
    return waiters.stream().filter(pid -> !changes.contains(pid)).toList();
  }

  private static Optional<Duration> longestWait(Observation seen, LockForest forest) {
    var waiters =
        forest.blockers().flatMap(blocker -> blocker.allWaiters().stream()).distinct().toList();
    if (waiters.isEmpty() && forest.waiting() > 0) {
      return Optional.empty();
    }
    return read(seen, DatabaseLook.SESSIONS)
        .flatMap(read -> read.value().longestWait(users(seen, waiters)));
  }

  /** What makes a backup or listens is meant to stay, unless it holds others up. */
  private boolean tooLong(Session session, Instant now) {
    return session.sparedBecause() == null
        && session.inStateFor(thresholds.idleInTransaction(), now);
  }

  /**
   * Returns who has waited too long for a session. A busy application waits for moments between two
   * statements of somebody's transaction all the time, and that is no trouble.
   */
  private List<Integer> heldUp(Observation seen, Session session, Sessions sessions) {
    var all =
        read(seen, DatabaseLook.LOCKS).stream()
            .flatMap(read -> read.value().blockers())
            .filter(blocker -> blocker.pid() == session.id().pid())
            .flatMap(blocker -> blocker.allWaiters().stream())
            .toList();
    var waiters = users(seen, all);
    return sessions.haveWaited(waiters, thresholds.lockWait()) ? waiters : List.of();
  }

  private static Optional<ConnectFailure> refusal(Observation seen, FailureKind.Layer layer) {
    return read(seen, DatabaseLook.CONNECTIVITY).map(Reading.Read::value).stream()
        .map(Connectivity::probes)
        .flatMap(List::stream)
        .flatMap(probe -> probe.failed().stream())
        .flatMap(stage -> Stream.ofNullable(stage.failure()))
        .filter(failure -> failure.kind().layer() == layer)
        .findFirst();
  }

  /** Where a number was read, and where a connection was refused, if one was. */
  private static List<Evidence> evidence(
      Observation seen, Reading<?> number, @Nullable ConnectFailure refusal) {
    var where = new ArrayList<Evidence>();
    number.evidenceIfRead().ifPresent(where::add);
    if (refusal != null) {
      seen.get(DatabaseLook.CONNECTIVITY).evidenceIfRead().ifPresent(where::add);
    }
    return where;
  }

  private static <T> Optional<Reading.Read<T>> read(Observation seen, ReadingKey<T> key) {
    return seen.get(key) instanceof Reading.Read<T> read ? Optional.of(read) : Optional.empty();
  }
}
