package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.metrics.ProcessSignals;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.procedure.SlowCause.BusyEventLoop;
import com.hotdash.ops.procedure.SlowCause.Caches;
import com.hotdash.ops.procedure.SlowCause.ColdStarts;
import com.hotdash.ops.procedure.SlowCause.EdgeAlone;
import com.hotdash.ops.procedure.SlowCause.HeldBack;
import com.hotdash.ops.procedure.SlowCause.Operations;
import com.hotdash.ops.procedure.SlowCause.SlowShop;
import com.hotdash.ops.procedure.SlowDatabase.Locks;
import com.hotdash.ops.procedure.SlowDatabase.Running;
import com.hotdash.ops.procedure.SlowDatabase.SchemaChanges;
import com.hotdash.ops.procedure.SlowDatabase.Statements;
import com.hotdash.ops.shop.ShopLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gathers what may make answers slow, each from its own reading: a gap takes away its own alone.
 */
final class SlowCauses {
  private static final Duration START_WINDOW = Duration.ofMinutes(5);

  private final Observation seen;
  private final SlowResponseTimesThresholds thresholds;
  private final boolean slow;
  private final List<SlowCause> found = new ArrayList<>();

  SlowCauses(Observation seen, SlowResponseTimesThresholds thresholds, boolean slow) {
    this.seen = seen;
    this.thresholds = thresholds;
    this.slow = slow;
  }

  List<SlowCause> all() {
    read(PlatformLook.ANSWER_TIMES).filter(SlowCauses::measuredTwice).ifPresent(this::edge);
    read(PlatformLook.MACHINES).ifPresent(this::coldStarts);
    read(PlatformLook.RESOURCES)
        .ifPresent(read -> heldBack(read.value().machines(), read.evidence()));
    read(AppReader.METRICS).ifPresent(this::application);
    read(PlatformLook.LOGS).ifPresent(this::operations);
    read(DatabaseLook.LOCKS).ifPresent(this::locks);
    read(DatabaseLook.SESSIONS).ifPresent(this::running);
    read(DatabaseLook.SLOW_STATEMENTS).ifPresent(this::statements);
    schemaChanges();
    shop();
    return List.copyOf(found);
  }

  private <T> Optional<Reading.Read<T>> read(ReadingKey<T> key) {
    return Needs.read(seen, key);
  }

  private static boolean measuredTwice(Reading.Read<AnswerTimes> read) {
    var machines = read.value().machines();
    return machines != null && machines.total() > 0 && read.value().edge().total() > 0;
  }

  private void edge(Reading.Read<AnswerTimes> read) {
    found.add(new EdgeAlone(read.value(), thresholds.limit(), slow, List.of(read.evidence())));
  }

  /** Only what the platform wakes by itself makes users wait: not a start after a crash. */
  private void coldStarts(Reading.Read<Machines> read) {
    var window =
        read(PlatformLook.ANSWER_TIMES).map(each -> each.value().window()).orElse(START_WINDOW);
    var from = seen.at().minus(window);
    var began =
        read.value().running().stream()
            .filter(each -> each.woken() != null && each.woken().at().isAfter(from))
            .toList();
    long asleep =
        read.value().all().stream().filter(each -> asleep(each) && !each.crashed()).count();
    if (!began.isEmpty() || asleep > 0) {
      found.add(new ColdStarts(began, asleep, window, slow, List.of(read.evidence())));
    }
  }

  private static boolean asleep(Machine machine) {
    return machine.state() == MachineState.STOPPED || machine.state() == MachineState.SUSPENDED;
  }

  private void heldBack(List<MachineResources> machines, Evidence evidence) {
    var measured = machines.stream().filter(each -> each.throttled() != null).toList();
    if (measured.isEmpty()) {
      return;
    }
    var heldBack =
        measured.stream()
            .filter(each -> throttled(each) >= thresholds.throttled())
            .sorted(Comparator.comparingDouble(SlowCauses::throttled).reversed())
            .toList();
    found.add(
        new HeldBack(heldBack, measured.size(), thresholds.throttled(), slow, List.of(evidence)));
  }

  private static double throttled(MachineResources machine) {
    var share = machine.throttled();
    return share == null ? 0 : share;
  }

  private void application(Reading.Read<AppWindow> read) {
    var evidence = List.of(read.evidence());
    var told =
        read.value().processes().stream()
            .filter(each -> each.eventLoopLagP99Seconds() != null)
            .toList();
    if (!told.isEmpty()) {
      var limit = thresholds.eventLoopLag();
      var late =
          told.stream()
              .filter(each -> lag(each) >= limit.toNanos() / 1e9)
              .sorted(Comparator.comparingDouble(SlowCauses::lag).reversed())
              .toList();
      found.add(new BusyEventLoop(late, told.size(), limit, slow, evidence));
    }
    var asked =
        read.value().cacheHits().stream().filter(each -> each.hits() + each.misses() > 0).toList();
    if (!asked.isEmpty()) {
      found.add(
          new Caches(
              asked, read.value().cacheHitsBefore(), thresholds.cacheRatio(), slow, evidence));
    }
  }

  private static double lag(ProcessSignals process) {
    var lag = process.eventLoopLagP99Seconds();
    return lag == null ? 0 : lag;
  }

  private void operations(Reading.Read<LogSummary> read) {
    try {
      var operations = read.value().slow(thresholds.limit());
      if (!operations.isEmpty()) {
        found.add(new Operations(operations, thresholds.limit(), slow, List.of(read.evidence())));
      }
    } catch (IllegalArgumentException e) {
      // The reader was set to keep longer durations only: then it knows of none that we ask for.
      return;
    }
  }

  private void locks(Reading.Read<LockForest> read) {
    var changing =
        read(DatabaseLook.MODE).stream()
            .flatMap(mode -> mode.value().changes().stream())
            .map(RunningChange::pid)
            .collect(Collectors.toSet());
    var waiters =
        read.value().blockers().flatMap(each -> each.allWaiters().stream()).distinct().toList();
    // A schema change may wait for long by its nature; whoever waits and is not found is a user.
    var users = waiters.stream().filter(pid -> !changing.contains(pid)).toList();
    var longest =
        waiters.isEmpty() && read.value().waiting() > 0
            ? Optional.<Duration>empty()
            : read(DatabaseLook.SESSIONS).flatMap(each -> each.value().longestWait(users));
    found.add(
        new Locks(
            read.value(),
            longest.orElse(null),
            thresholds.lockWait(),
            slow,
            List.of(read.evidence())));
  }

  private void running(Reading.Read<Sessions> read) {
    var sessions = read.value();
    var changing = read(DatabaseLook.MODE).map(mode -> pids(mode.value())).orElse(Set.of());
    var running =
        sessions.visible().stream()
            .filter(each -> each.state().equals(Session.ACTIVE) && each.sparedBecause() == null)
            .filter(each -> each.waitEvent() == null || !each.waitEvent().startsWith("Lock"))
            .filter(each -> !changing.contains(each.id().pid()))
            .filter(each -> each.inStateFor(thresholds.limit(), sessions.serverTime()))
            .sorted(Comparator.comparing(Session::stateSince))
            .toList();
    found.add(
        new Running(
            running,
            sessions.hidden(),
            thresholds.limit(),
            sessions.serverTime(),
            slow,
            List.of(read.evidence())));
  }

  private static Set<Integer> pids(ServerMode mode) {
    return mode.changes().stream().map(RunningChange::pid).collect(Collectors.toSet());
  }

  private void statements(Reading.Read<SlowStatements> read) {
    var costly =
        read.value().statements().stream()
            .filter(each -> each.calls() > 0 && costly(each, read.value().window()))
            .toList();
    found.add(new Statements(read.value(), costly, slow, List.of(read.evidence())));
  }

  /**
   * By its mean alone a report of last year would rank above what burns now: facts, postgres §12.
   */
  private boolean costly(SlowStatements.Statement each, Duration window) {
    boolean busy =
        !window.isZero() && each.total().toNanos() >= thresholds.statementLoad() * window.toNanos();
    return busy || each.mean().compareTo(thresholds.statementMean()) >= 0;
  }

  private void schemaChanges() {
    var mode = read(DatabaseLook.MODE);
    var migrations = read(DatabaseLook.OPEN_MIGRATIONS);
    if (mode.isPresent() || migrations.isPresent()) {
      found.add(
          new SchemaChanges(
              mode.map(each -> each.value().changes()).orElse(List.of()),
              migrations.map(Reading.Read::value).map(OpenMigrations::migrations).orElse(List.of()),
              slow,
              Stream.concat(
                      mode.map(Reading.Read::evidence).stream(),
                      migrations.map(Reading.Read::evidence).stream())
                  .toList()));
    }
  }

  private void shop() {
    var answer = read(ShopLook.ANSWER);
    var metrics = read(AppReader.METRICS);
    var slowCalls =
        metrics.stream()
            .flatMap(each -> each.value().apiCalls().stream())
            .filter(
                each ->
                    new SlowShare(each.times(), thresholds.limit()).verdict() == Verdict.PROBLEM)
            .toList();
    if (answer.isPresent() || !slowCalls.isEmpty()) {
      found.add(
          new SlowShop(
              answer.map(Reading.Read::value).orElse(null),
              slowCalls,
              thresholds.limit(),
              slow,
              Stream.concat(
                      answer.map(Reading.Read::evidence).stream(),
                      metrics
                          .filter(each -> !slowCalls.isEmpty())
                          .map(Reading.Read::evidence)
                          .stream())
                  .toList()));
    }
  }
}
