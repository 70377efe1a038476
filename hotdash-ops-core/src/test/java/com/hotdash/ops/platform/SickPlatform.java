package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A platform whose machines answer as well as the image that they run. */
public final class SickPlatform implements Platform {
  /** Its clock, which is also ours. */
  public final ManualTime clock = new ManualTime();

  /** Its machines, by id. */
  public final Map<String, Machine> machines = new TreeMap<>();

  /** Its releases. */
  public final List<Release> releases = new ArrayList<>();

  /** The share of 5xx answers of each image, by digest; 0 if not named. */
  public final Map<String, Double> errors = new HashMap<>();

  /** Whether images can be fetched, by digest; a missing one cannot be told. */
  public final Map<String, Boolean> available = new HashMap<>();

  /** How many requests reach a machine in a second. */
  public double requestsPerSecond = 10;

  /** The machines of which an update fails. */
  public final List<String> broken = new ArrayList<>();

  /** The machines that were changed, in order. */
  public final List<String> changed = new ArrayList<>();

  /** What was logged. */
  public final List<LogLine> lines = new ArrayList<>();

  private int versions;

  /** Adds a release. */
  SickPlatform release(int version, Release.Status status, String digest) {
    releases.add(
        new Release(
            version,
            status,
            status.name().toLowerCase(Locale.ROOT),
            image(digest),
            clock.now().minusSeconds(3600L * (100 - version)),
            "alice",
            "Release"));
    available.putIfAbsent(digest, true);
    return this;
  }

  /** Adds a machine. */
  SickPlatform machine(String id, String digest, MachineState state) {
    machines.put(id, machine(id, image(digest), state, true));
    return this;
  }

  /** A machine that is there. */
  Machine get(String id) {
    return Objects.requireNonNull(machines.get(id));
  }

  /** An image by its digest. */
  static Image image(String digest) {
    return new Image("registry/app:tag-" + digest, digest);
  }

  Machine machine(String id, Image image, MachineState state, boolean hostReachable) {
    return new Machine(
        id,
        "v" + ++versions,
        "ord",
        "app",
        state,
        state.name(),
        image,
        null,
        new Guest("shared", 2, 2048),
        false,
        hostReachable,
        1,
        List.of(new MachineCheck("http", MachineCheck.Status.PASSING, "", null)),
        List.of(),
        clock.now());
  }

  @Override
  public Estate.Part identity() {
    return new Estate.Part("app", "hotdash-test", "test");
  }

  @Override
  public String byHand(Step step) {
    return "update " + step.target().id() + " to " + step.after();
  }

  @Override
  public PlatformLook look(Deadline deadline) {
    return new Look();
  }

  @Override
  public Control control() {
    return new Hands();
  }

  private final class Look implements PlatformLook {
    @Override
    public Reading<Machines> machines() {
      return read(new Machines(List.copyOf(machines.values())), clock.now());
    }

    @Override
    public Reading<List<Release>> releases() {
      return read(List.copyOf(releases), clock.now());
    }

    @Override
    public Reading<Boolean> available(Image image) {
      var known = available.get(image.digest());
      return known == null
          ? Reading.unread(new NotChecked("image", Why.TIMED_OUT, "no answer", "ask again"))
          : read(known, clock.now());
    }

    @Override
    public Reading<Traffic> traffic(Duration window) {
      double requests = 0;
      double failed = 0;
      for (var machine : machines.values()) {
        if (machine.state() == MachineState.STARTED) {
          double mine = requestsPerSecond * window.toSeconds();
          requests += mine;
          failed += mine * errors.getOrDefault(machine.image().digest(), 0.0);
        }
      }
      var point = new Traffic.Point(clock.now(), requests, failed);
      return read(new Traffic(window, List.of(point)), clock.now().minus(window));
    }

    @Override
    public Reading<LogSummary> logs(Duration window, List<Change> changes) {
      var query = new LogQuery("test", clock.now().minus(window), clock.now(), false, changes);
      return LogReader.builder().time(clock.time()).build().read(lines, query).reading();
    }

    @Override
    public void close() {}

    private <T> Reading<T> read(T value, Instant dataAt) {
      return Reading.of(value, Evidence.of("", "test", clock.now()).withDataAt(dataAt));
    }
  }

  private final class Hands implements Control {
    @Override
    public Reading<TargetState> observe(Target target, Deadline deadline) {
      var machine = machines.get(target.id());
      var newest = releases.stream().mapToInt(Release::version).max().orElse(0);
      var state =
          target.kind().equals(MachineSteps.APP)
              ? TargetState.of(Map.of(MachineSteps.RELEASE, "" + newest))
              : machine == null ? TargetState.GONE : TargetState.of(MachineSteps.fields(machine));
      return Reading.of(state, Evidence.of("", "test", clock.now()));
    }

    @Override
    public StepOutcome make(Step step, Deadline deadline) {
      var machine = machines.get(step.target().id());
      if (machine == null || broken.contains(machine.id())) {
        return StepOutcome.failed("the platform put it back");
      }
      if (!TargetState.of(MachineSteps.fields(machine)).matches(step.assumes())) {
        return StepOutcome.moved("another version");
      }
      var reference = step.after().getOrDefault(MachineSteps.RUNS, "");
      var image = new Image(reference, reference.substring(reference.indexOf('@') + 1));
      var updated = machine(machine.id(), image, machine.state(), true);
      machines.put(machine.id(), updated);
      changed.add(machine.id());
      return new StepOutcome(StepOutcome.Status.DONE, "updated", MachineSteps.fields(updated));
    }

    @Override
    public void close() {}
  }
}
