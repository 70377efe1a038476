package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.platform.NewMachine;
import com.hotdash.ops.platform.SecretSteps;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.secret.SecretSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes one step after another of one execution. Throws where nothing was made. */
final class FlyStepMaker {
  private final AppCalls unbounded;
  private final SecretSource source;
  // Machines that are updated after it must not boot with older secrets.
  private volatile @Nullable Long stored;
  private volatile boolean versionLost;

  FlyStepMaker(AppCalls unbounded, SecretSource source) {
    this.unbounded = unbounded;
    this.source = source;
  }

  /**
   * Takes up the version that an earlier process stored. Fly tells it in the answer to storing and
   * nowhere else ({@code facts/fly.md} §15.1), so with that answer it is lost.
   */
  void earlier(Step step, StepOutcome outcome) {
    if (step.kind().equals(SecretSteps.SET) && outcome.status() == Status.DONE) {
      var version = outcome.left().getOrDefault(SecretSteps.STORED, "");
      boolean known = version.matches("\\d{1,18}");
      stored = known ? Long.valueOf(version) : null;
      versionLost = !known;
    }
  }

  StepOutcome make(Step step, FlyStates.Seen seen, AppCalls calls) {
    if (step.kind().equals(SecretSteps.SET)) {
      return store(step, calls);
    }
    var machine = seen.machine();
    if (machine == null) {
      return StepOutcome.moved("it is gone");
    }
    return switch (step.kind()) {
      case MachineSteps.IMAGE, MachineSteps.GUEST, MachineSteps.PUT_BACK ->
          update(machine, wanted(step, machine, calls), calls);
      case MachineSteps.ROLL_OUT -> rollOut(machine, calls);
      case MachineSteps.RESTART ->
          leased(
              step,
              machine,
              MachineRestart.CALL,
              calls,
              (lease, now) -> restart(lease, now, calls));
      case MachineSteps.CORDON ->
          leased(step, machine, Duration.ZERO, calls, (lease, now) -> cordon(lease, true, calls));
      case MachineSteps.UNCORDON ->
          leased(step, machine, Duration.ZERO, calls, (lease, now) -> cordon(lease, false, calls));
      case MachineSteps.CREATE -> create(machine, NewMachine.of(step.target()), calls);
      case MachineSteps.DESTROY -> destroy(step, seen, machine, calls);
      default -> throw new IllegalArgumentException("no such step: " + step.kind());
    };
  }

  /** What an update is to make of a machine. */
  static Wanted wanted(Step step, Machine machine, AppCalls calls) {
    return switch (step.kind()) {
      case MachineSteps.IMAGE -> Wanted.image(ImageRef.parse(after(step, MachineSteps.RUNS)));
      case MachineSteps.GUEST -> Wanted.guest(guest(after(step, MachineSteps.SIZE)));
      case MachineSteps.PUT_BACK -> earlier(machine, MachineSteps.earlier(step.target()), calls);
      case MachineSteps.ROLL_OUT -> Wanted.secrets(null);
      default -> throw new IllegalArgumentException("no update: " + step.kind());
    };
  }

  /**
   * Makes a step under its machine's lease, if its target then still is as the step assumes it:
   * what was seen before may be as old as the lease that was waited for.
   */
  private static StepOutcome leased(
      Step step,
      Machine machine,
      Duration longestCall,
      AppCalls calls,
      BiFunction<Lease, Machine, StepOutcome> act) {
    var limit = calls.limit(calls.limits().whole());
    try (var lease = Lease.acquire(calls, machine.id(), limit, longestCall)) {
      var seen = new FlyStates(calls, limit).look(step.target());
      var now = seen.machine();
      return now == null || !seen.state().matches(step.assumes())
          ? StepOutcome.moved(seen.state().difference(step.assumes()))
          : act.apply(lease, now);
    }
  }

  private static String after(Step step, String field) {
    return step.after().getOrDefault(field, "");
  }

  private static Guest guest(String size) {
    var parts = size.split("/", -1);
    if (parts.length != 3 || !parts[1].matches("\\d{1,4}") || !parts[2].matches("\\d{1,9}")) {
      throw new IllegalArgumentException("not a size: " + size);
    }
    return new Guest(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])).checked();
  }

  private static Wanted earlier(Machine machine, String version, AppCalls calls) {
    return new FlyMachines(calls)
        .versions(machine.id()).stream()
            .filter(one -> one.version().equals(version) && !one.config().isEmpty())
            .map(one -> Wanted.config(one.config()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("Fly does not have version " + version));
  }

  private StepOutcome update(Machine seen, Wanted wanted, AppCalls calls) {
    try {
      var change = new MachineUpdater(calls).update(seen, wanted);
      boolean already = change.outcome() == MachineChange.Outcome.UNCHANGED;
      return done(
          already
              ? "it was so already: " + change.before()
              : "%s → %s, seen %s after %.1f s"
                  .formatted(
                      change.before(),
                      change.after(),
                      seen.state().launchedByUpdate() ? "to run" : "and still not running",
                      change.took().toMillis() / 1000.0),
          Map.of(MachineSteps.VERSION, change.version()));
    } catch (FlyUpdateFailedException e) {
      return new PutBack(unbounded).after(e, PutBack.Former.of(seen));
    }
  }

  private StepOutcome rollOut(Machine machine, AppCalls calls) {
    // Also what an execution before this one staged, with the same client.
    var newest = stored == null ? calls.api().secretVersions().newest(calls.app()) : stored;
    var made = update(machine, Wanted.secrets(newest), calls);
    return versionLost && made.status() == Status.DONE
        ? new StepOutcome(
            Status.DONE,
            made.detail()
                + "; with the answer to storing, the version to wait for was lost: if it still has"
                + " the former value, ops.platform().deploySecrets()",
            made.left())
        : made;
  }

  private static StepOutcome restart(Lease lease, Machine machine, AppCalls calls) {
    try {
      var change = new MachineRestart(calls).restart(lease, machine);
      return done(
          "restarted, well again after %.1f s".formatted(change.took().toMillis() / 1000.0),
          Map.of());
    } catch (FlyUpdateFailedException e) {
      return PutBack.failed(e.problem(), e.now().instanceId());
    }
  }

  private static StepOutcome cordon(Lease lease, boolean out, AppCalls calls) {
    new FlyMachines(calls).cordon(lease, out);
    return done(
        out ? "out of rotation, and goes on running" : "in rotation again",
        Map.of(MachineSteps.CORDONED, out ? MachineSteps.YES : MachineSteps.NO));
  }

  private static StepOutcome create(Machine like, NewMachine wanted, AppCalls calls) {
    try {
      var made =
          new MachineCount(calls, new Fleet(calls, null))
              .create(like, wanted.region(), wanted.mark());
      return done(
          "machine %s was made, and runs after %.1f s"
              .formatted(made.machineId(), made.took().toMillis() / 1000.0),
          Map.of(NewMachine.MADE, MachineSteps.YES, NewMachine.ID, made.machineId()));
    } catch (FlyUpdateFailedException e) {
      return unwell(e);
    }
  }

  static StepOutcome unwell(FlyUpdateFailedException made) {
    return StepOutcome.failed(
        "machine "
            + made.now().id()
            + " was made and is not well: "
            + made.problem()
            + "; look at it, or do away with it");
  }

  private static StepOutcome destroy(
      Step step, FlyStates.Seen seen, Machine machine, AppCalls calls) {
    // While none is made, what was seen is the machine that would be copied.
    if (step.target().kind().equals(NewMachine.KIND)
        && !MachineSteps.YES.equals(seen.state().fields().get(NewMachine.MADE))) {
      return StepOutcome.moved("it is gone");
    }
    if (machine.config() == null || machine.config().hasMounts()) {
      return StepOutcome.failed("not made: it has a volume, or nobody can tell whether it has one");
    }
    return leased(
        step,
        machine,
        FlyMachines.STOP_LIMIT,
        calls,
        (lease, now) -> {
          new MachineCount(calls, new Fleet(calls, null)).destroy(lease, now);
          return done("stopped and gone", Map.of());
        });
  }

  private StepOutcome store(Step step, AppCalls calls) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    var values = new ArrayList<Secret>();
    for (var each : SecretSteps.places(step.target()).entrySet()) {
      if (each.getValue().isEmpty()) {
        body.put(each.getKey(), null);
        continue;
      }
      var value = source.find(each.getValue());
      if (value.isEmpty()) {
        return StepOutcome.failed("nothing was sent: there is no value named " + each.getValue());
      }
      values.add(value.get());
      body.put(each.getKey(), value.get().reveal());
    }
    var made = new FlySecrets(calls, new Fleet(calls, null)).stored(body, Redactor.of(values));
    stored = made.version();
    versionLost = false;
    return done(
        "stored as version " + made.version() + " of the secrets; machines have what they had",
        left(step, made, calls));
  }

  /**
   * What an undo compares with: what Fly says that we stored, not what a later look would find,
   * which could be somebody else's.
   */
  private static Map<String, String> left(Step step, FlySecrets.Stored made, AppCalls calls) {
    var left = new TreeMap<String, String>();
    left.put(SecretSteps.STORED, Long.toString(made.version()));
    if (made.all().isEmpty()) {
      left.putAll(looked(step, calls));
    } else {
      var digests = made.all().stream().map(PortRecords::secret).toList();
      left.putAll(SecretSteps.fields(step.target(), digests));
    }
    return left;
  }

  private static Map<String, String> looked(Step step, AppCalls calls) {
    try {
      return new FlyStates(calls, calls.limit(AppCalls.READ)).look(step.target()).state().fields();
    } catch (OpsException e) {
      return Map.of(); // stored it is, and that must be told
    }
  }

  private static StepOutcome done(String detail, Map<String, String> left) {
    return new StepOutcome(Status.DONE, detail, left);
  }
}
