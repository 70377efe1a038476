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
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.secret.SecretSource;
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
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

  /** Whether the log is all that was written. */
  public boolean whole;

  /** What was logged. */
  public final List<LogLine> lines = new ArrayList<>();

  /** What each machine was before, newest first. */
  public final Map<String, List<MachineVersion>> history = new HashMap<>();

  /** The digests of stored secrets, by name. */
  public final Map<String, String> secrets = new TreeMap<>();

  /** When a secret was stored, by its name. */
  public final Map<String, Instant> storedAt = new TreeMap<>();

  /** Which machines have a secret, by its name. */
  public final Map<String, SecretSpread> spreads = new TreeMap<>();

  /** Who holds the lease of a machine, by its id. */
  public final Map<String, MachineLease> leases = new TreeMap<>();

  /** How often secrets were stored. */
  public int secretVersions;

  /** The kinds of steps of which the answer is lost, after they were made. */
  public final List<String> losing = new ArrayList<>();

  /** The kinds of steps of which the request is lost, before they are made. */
  public final List<String> dropping = new ArrayList<>();

  /** The machines that are unwell after they were changed. */
  public final List<String> worsening = new ArrayList<>();

  /** The share of memory in use of each machine, measured just now; not told if empty. */
  public final Map<String, Double> memory = new TreeMap<>();

  /** The requests of the last hour, minute by minute; only a sum of them if null. */
  public @Nullable List<Traffic.Point> byTheMinute;

  /** How many answers of each minute are quick, and how many take long; not told if null. */
  public int @Nullable [] answers;

  /** What cannot be read. */
  public final List<String> unreadable = new ArrayList<>();

  /** What happens before each write; may wait for other writes. */
  public Runnable meeting = () -> {};

  /** Dies at the n-th call of a control from now: odd ones before it, even ones after it. */
  public int crashAt = -1;

  /** The process is gone: nothing below the test may catch it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private int versions;

  /** Adds a release. */
  public SickPlatform release(int version, Release.Status status, String digest) {
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
  public SickPlatform machine(String id, String digest, MachineState state) {
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
    var machine = fresh(id, image, state, hostReachable);
    remember(machine);
    return machine;
  }

  void remember(Machine machine) {
    history
        .computeIfAbsent(machine.id(), each -> new ArrayList<>())
        .add(
            0,
            new MachineVersion(
                machine.version(),
                machine.image(),
                machine.guest(),
                machine.image().identity() + " " + machine.guest()));
  }

  /** The identity of another configuration. */
  String version() {
    return "v" + ++versions;
  }

  /** Changes how well a machine is. */
  public void check(String id, MachineCheck.Status status) {
    machines.put(
        id, with(get(id), get(id).group(), List.of(new MachineCheck("http", status, "503", null))));
  }

  /** A machine's process ended just now for want of memory, and runs again. */
  void outOfMemory(String id) {
    var machine = get(id);
    var exits = new ArrayList<>(machine.exits());
    exits.add(0, new MachineExit(clock.now(), 137, true, false, 0));
    machines.put(id, with(machine, machine.group(), machine.checks(), exits));
  }

  /** Puts a machine into another process group. */
  void group(String id, String group) {
    machines.put(id, with(get(id), group, get(id).checks()));
  }

  private static Machine with(Machine machine, String group, List<MachineCheck> checks) {
    return with(machine, group, checks, machine.exits());
  }

  private static Machine with(
      Machine machine, String group, List<MachineCheck> checks, List<MachineExit> exits) {
    return new Machine(
        machine.id(),
        machine.version(),
        machine.region(),
        group,
        machine.state(),
        machine.stateText(),
        machine.image(),
        machine.release(),
        machine.guest(),
        machine.cordoned(),
        machine.hostReachable(),
        machine.checksConfigured(),
        checks,
        exits,
        machine.startedAt());
  }

  private Machine fresh(String id, Image image, MachineState state, boolean hostReachable) {
    return new Machine(
        id,
        version(),
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
        clock.now().minusSeconds(3600));
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
  public Control control(SecretSource source) {
    return new SickPlatformHands(this, source);
  }

  @Override
  public List<GuestRule> guestRules() {
    return List.of(
        new GuestRule("shared", "shared-cpu-", Set.of(1, 2, 4, 6, 8), 256, 2048, 256),
        new GuestRule("performance", "performance-", Set.of(1, 2, 4, 8), 2048, 8192, 1024));
  }

  @Override
  public Control control() {
    return control(SecretSource.NONE);
  }

  /** What is told of the secrets. */
  List<SecretDigest> digests() {
    return secrets.entrySet().stream()
        .map(
            each ->
                new SecretDigest(
                    each.getKey(),
                    each.getValue(),
                    storedAt.get(each.getKey()),
                    spreads.getOrDefault(each.getKey(), SecretSpread.UNKNOWN)))
        .toList();
  }

  private final class Look implements PlatformLook {
    @Override
    public Reading<List<MachineVersion>> versions(String machine) {
      return read(List.copyOf(history.getOrDefault(machine, List.of())), clock.now());
    }

    @Override
    public Reading<List<SecretDigest>> secrets() {
      if (unreadable.contains("secrets")) {
        return Reading.unread(new NotChecked("secrets", Why.TIMED_OUT, "no answer", "ask again"));
      }
      return read(digests(), clock.now());
    }

    @Override
    public Reading<List<MachineLease>> leases(List<String> wanted) {
      if (unreadable.contains("leases")) {
        return Reading.unread(new NotChecked("leases", Why.TIMED_OUT, "no answer", "ask again"));
      }
      return read(
          leases.values().stream().filter(each -> wanted.contains(each.machine())).toList(),
          clock.now());
    }

    @Override
    public Reading<List<String>> tail(String machine, Duration window) {
      return unreadable.contains("tail")
          ? Reading.unread(new NotChecked("log", Why.TIMED_OUT, "no answer", "ask again"))
          : read(List.of("last words of " + machine), clock.now());
    }

    @Override
    public Reading<Machines> machines() {
      if (unreadable.contains("machines")) {
        return Reading.unread(new NotChecked("machines", Why.TIMED_OUT, "no answer", "ask again"));
      }
      return read(new Machines(List.copyOf(machines.values())), clock.now());
    }

    @Override
    public Reading<List<Release>> releases() {
      if (unreadable.contains("releases")) {
        return Reading.unread(new NotChecked("releases", Why.TIMED_OUT, "no answer", "ask again"));
      }
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
      if (byTheMinute != null && window.compareTo(Duration.ofMinutes(30)) > 0) {
        return read(new Traffic(Duration.ofMinutes(1), byTheMinute), clock.now().minus(window));
      }
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
    public Reading<Resources> resources(Duration window) {
      if (memory.isEmpty()) {
        return PlatformLook.super.resources(window);
      }
      var all =
          memory.entrySet().stream()
              .map(
                  each ->
                      new MachineResources(
                          each.getKey(),
                          1_000L,
                          List.of(
                              new MachineResources.Used(
                                  clock.now(), Math.round(1_000 * each.getValue()))),
                          null,
                          null,
                          null,
                          null,
                          null))
              .toList();
      return read(new Resources(window, all), clock.now());
    }

    @Override
    public Reading<AnswerTimes> answerTimes(Duration window) {
      if (answers == null) {
        return PlatformLook.super.answerTimes(window);
      }
      double quick = answers[0] * window.toSeconds() / 60.0;
      double all = quick + answers[1] * window.toSeconds() / 60.0;
      var edge = Buckets.of(Map.of(3.0, quick, Double.POSITIVE_INFINITY, all));
      return read(new AnswerTimes(window, edge, null), clock.now());
    }

    @Override
    public Reading<LogSummary> logs(Duration window, List<Change> changes) {
      var query = new LogQuery("test", clock.now().minus(window), clock.now(), whole, changes);
      return LogReader.builder().time(clock.time()).build().read(lines, query).reading();
    }

    @Override
    public void close() {}

    private <T> Reading<T> read(T value, Instant dataAt) {
      return Reading.of(value, Evidence.of("", "test", clock.now()).withDataAt(dataAt));
    }
  }
}
