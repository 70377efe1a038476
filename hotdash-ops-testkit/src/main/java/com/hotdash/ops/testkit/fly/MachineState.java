package com.hotdash.ops.testkit.fly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A machine and what happens to it in the course of time, under the world's lock. */
final class MachineState {
  private static final Duration SECOND = Duration.ofSeconds(1);

  final FlyWorld world;
  final AppState app;
  final String id;
  final String name;
  final String region;
  final String ip;
  final Instant createdAt;
  final FlyMachine handle;
  final List<Version> versions = new ArrayList<>();
  final MachineEvents events;
  final Map<String, Map<String, @Nullable Object>> checks = new LinkedHashMap<>();
  final LeaseState lease;
  Version current;
  String state = "created";
  String hostStatus = "ok";
  boolean cordoned;
  Instant updatedAt;
  @Nullable Instant startedAt;
  long secretsVersion;
  int restarts;
  long hostRoomMb = Long.MAX_VALUE;
  PlatformSeries.Load load = PlatformSeries.Load.NONE;
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingInt(Due::order));
  private int order;
  private @Nullable Instant moment;

  /** One version of the configuration. */
  record Version(String id, Map<String, @Nullable Object> config, long minSecrets, boolean launch) {
    String image() {
      return String.valueOf(config.get("image"));
    }
  }

  private record Due(Instant at, int order, Runnable what) {}

  MachineState(
      AppState app, String id, String name, String region, Version first, Instant createdAt) {
    this.world = app.world;
    this.app = app;
    this.id = id;
    this.name = name;
    this.region = region;
    this.ip = "fdaa:0:3ec2:a7b:5adc:" + world.ids.hex(4) + ":" + world.ids.hex(4) + ":2";
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.current = first;
    this.lease = new LeaseState(this);
    this.events = new MachineEvents(world.ids);
    versions.add(first);
    this.handle = new FlyMachine(this);
  }

  /** Returns when the next thing happens by itself, or null. */
  @Nullable Instant nextDue() {
    var next = due.peek();
    return next == null ? null : next.at;
  }

  /** Lets the next thing happen, at its own time. */
  void step() {
    var next = due.poll();
    if (next != null) {
      moment = next.at;
      next.what.run();
      moment = null;
    }
  }

  /** Returns the time at which what happens now happens: not later than anybody looks. */
  private Instant now() {
    return moment == null ? world.now() : moment;
  }

  boolean running() {
    return state.equals("started");
  }

  boolean transientState() {
    return List.of(
            "creating",
            "starting",
            "stopping",
            "restarting",
            "suspending",
            "destroying",
            "updating",
            "replacing")
        .contains(state);
  }

  @Nullable FlyImage image() {
    return world.images.find(current.image());
  }

  void launch() {
    events.add(now(), "launch", "created", "user");
    if (current.launch) {
      after(world.fetch, () -> boot(null, false));
    }
  }

  /** Makes it one that has run since it was created. */
  void settled() {
    moment = createdAt;
    events.add(now(), "launch", "created", "user");
    events.add(now(), "start", "started", "flyd");
    state = "started";
    startedAt = createdAt;
    moment = null;
    PlatformSeries.report(world.metrics, this, world.now());
    world.tell(handle);
  }

  /** Puts another version on it at once, as a deploy of the past did. */
  void place(Version next) {
    due.clear();
    versions.add(next);
    current = next;
    updatedAt = now();
    restarts = 0;
    events.add(now(), "update", "replacing", "user");
    if (running()) {
      boot(null, false);
    }
  }

  void update(Version next) {
    var previous = current;
    boolean ran = running() || state.equals("starting") || state.equals("failed");
    due.clear();
    versions.add(next);
    current = next;
    updatedAt = now();
    events.add(now(), "update", next.launch ? "replacing" : "stopped", "user");
    if (next.launch) {
      restarts = 0;
      become("replacing");
      after(world.replace, () -> boot(previous, ran));
    } else if (!state.equals("created")) {
      // A suspended machine's snapshot is of the old version: it is thrown away.
      become("stopped");
    }
  }

  void start(String source) {
    due.clear();
    restarts = 0;
    events.add(now(), "start", "starting", source);
    become("starting");
    after(SECOND, () -> boot(null, false));
  }

  void stop(String source) {
    due.clear();
    if (!running() && !transientState()) {
      if (state.equals("suspended")) {
        become("stopped");
      }
      return;
    }
    become("stopping");
    events.add(now(), "stop", "stopping", source);
    after(
        SECOND,
        () -> {
          events.exit(now(), 0, false, true, false, restarts);
          become("stopped");
          PlatformSeries.ended(world.metrics, handle, 0, false, now());
        });
  }

  void restart() {
    due.clear();
    restarts = 0;
    events.add(now(), "restart", "restarting", "user");
    become("restarting");
    after(SECOND, () -> boot(null, false));
  }

  void suspend() {
    due.clear();
    become("suspending");
    after(SECOND, () -> become("suspended"));
  }

  void destroy() {
    due.clear();
    events.add(now(), "destroy", "destroying", "user");
    become("destroying");
    after(SECOND, () -> become("destroyed"));
  }

  /** The process ends by itself, and the restart policy decides what follows. */
  void exit(int exitCode, boolean oomKilled) {
    due.clear();
    var policy = Tree.members(current.config.get("restart"));
    var most = Tree.number(policy.get("max_retries"));
    boolean always = "always".equals(policy.get("policy"));
    boolean never = "no".equals(policy.get("policy"));
    boolean again = always || (!never && exitCode != 0 && restarts < (most == null ? 10 : most));
    if (again) {
      restarts++;
    }
    events.exit(now(), exitCode, oomKilled, false, again, restarts);
    world.changed(now(), "platform.exit", id, "exit code " + exitCode + (oomKilled ? ", oom" : ""));
    if (again) {
      become("starting");
      after(SECOND, () -> boot(null, false));
    } else {
      become("stopped");
    }
    PlatformSeries.ended(world.metrics, handle, exitCode, oomKilled, now());
  }

  void become(String next) {
    if (!state.equals(next)) {
      state = next;
      if (!next.equals("started")) {
        startedAt = null;
        PlatformSeries.silence(world.metrics, handle, now());
      }
      world.tell(handle);
    }
  }

  private void boot(@Nullable Version previous, boolean ran) {
    var now = now();
    if (app.secrets.seenByHosts(now) < current.minSecrets) {
      after(SECOND, () -> boot(previous, ran));
      return;
    }
    var image = image();
    if (image == null || !image.pulls()) {
      cannotPull(previous, ran);
      return;
    }
    secretsVersion = app.secrets.seenByHosts(now);
    become("started");
    startedAt = now;
    PlatformSeries.report(world.metrics, this, now);
    events.add(now(), "start", "started", "flyd");
    world.tell(handle);
    var crash = image.crash();
    if (crash != null) {
      after(crash.after(), () -> exit(crash.exitCode(), crash.oomKilled()));
    }
  }

  private void cannotPull(@Nullable Version previous, boolean ran) {
    if (previous == null) {
      events.add(now(), "start", "failed", "flyd");
      become("failed");
      return;
    }
    // The trap: the machine says "started", on the version that it had before.
    events.add(now(), "update", "failed", "flyd");
    world.changed(now(), "platform.put-back", id, current.id + " to " + previous.id);
    current = previous;
    updatedAt = now();
    if (ran) {
      boot(null, false);
    } else {
      become("stopped");
    }
  }

  private void after(Duration wait, Runnable what) {
    due.add(new Due(now().plus(wait), order++, what));
  }
}
