package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Json;
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
  private static final int MOST_EVENTS = 500;
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
  final List<Map<String, @Nullable Object>> events = new ArrayList<>();
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
    event("launch", "created", "user", null);
    if (current.launch) {
      after(world.fetch, () -> boot(null, false));
    }
  }

  /** Makes it one that has run since it was created. */
  void settled() {
    moment = createdAt;
    event("launch", "created", "user", null);
    event("start", "started", "flyd", null);
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
    event("update", "replacing", "user", null);
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
    event("update", next.launch ? "replacing" : "stopped", "user", null);
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
    event("start", "starting", source, null);
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
    event("stop", "stopping", source, null);
    after(
        SECOND,
        () -> {
          exitEvent(0, false, true, false);
          become("stopped");
          PlatformSeries.ended(world.metrics, handle, 0, false, now());
        });
  }

  void restart() {
    due.clear();
    restarts = 0;
    event("restart", "restarting", "user", null);
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
    event("destroy", "destroying", "user", null);
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
    exitEvent(exitCode, oomKilled, false, again);
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

  void event(
      String type, String status, String source, @Nullable Map<String, @Nullable Object> request) {
    var now = now();
    events.add(
        0,
        Json.of(
            "id",
            world.ids.next(now),
            "type",
            type,
            "status",
            status,
            "source",
            source,
            "timestamp",
            now.toEpochMilli(),
            "request",
            request));
    if (events.size() > MOST_EVENTS) {
      events.remove(events.size() - 1);
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
    event("start", "started", "flyd", null);
    world.tell(handle);
    var crash = image.crash();
    if (crash != null) {
      after(crash.after(), () -> exit(crash.exitCode(), crash.oomKilled()));
    }
  }

  private void cannotPull(@Nullable Version previous, boolean ran) {
    if (previous == null) {
      event("start", "failed", "flyd", null);
      become("failed");
      return;
    }
    // The trap: the machine says "started", on the version that it had before.
    event("update", "failed", "flyd", null);
    world.changed(now(), "platform.put-back", id, current.id + " to " + previous.id);
    current = previous;
    updatedAt = now();
    if (ran) {
      boot(null, false);
    } else {
      become("stopped");
    }
  }

  private void exitEvent(int exitCode, boolean oom, boolean requested, boolean restarting) {
    var exit =
        Json.of(
            "exit_code",
            exitCode,
            "guest_exit_code",
            exitCode,
            "guest_signal",
            -1,
            "signal",
            -1,
            "oom_killed",
            oom,
            "requested_stop",
            requested,
            "restarting",
            restarting,
            "exited_at",
            now().toString());
    event(
        "exit",
        "stopped",
        "flyd",
        Json.of("restart_count", restarts, "MonitorEvent", Json.of("exit_event", exit)));
  }

  private void after(Duration wait, Runnable what) {
    due.add(new Due(now().plus(wait), order++, what));
  }
}
