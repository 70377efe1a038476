package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The machines of an app, and what can be done with one. */
final class MachineRoutes {
  private final FlyWorld world;
  private final ExecRoute exec = new ExecRoute();

  MachineRoutes(FlyWorld world) {
    this.world = world;
  }

  Answer list(MachinesHost.Context context) {
    boolean summary = context.query("summary", "false").equals("true");
    boolean leases = context.query("include_leases", "false").equals("true");
    var query = context.call().query();
    var found = new ArrayList<Object>();
    for (var machine : context.app().machines.values()) {
      if (wanted(machine, query)) {
        found.add(MachineJson.of(machine, summary, leases));
      }
    }
    return found.isEmpty() && !world.has(FlyQuirk.EMPTY_NOT_NULL)
        ? Answer.text(200, "application/json; charset=utf-8", "null")
        : Answer.json(200, found);
  }

  /** Returns whether a machine passes the filters of a list. */
  static boolean wanted(MachineState machine, Map<String, String> query) {
    boolean deleted = query.getOrDefault("include_deleted", "false").equals("true");
    if (machine.state.equals("destroyed") && !deleted) {
      return false;
    }
    var metadata = Tree.members(machine.current.config().get("metadata"));
    for (var filter : query.entrySet()) {
      var key = filter.getKey();
      var value = filter.getValue();
      boolean out =
          (key.equals("region") && !value.equals(machine.region))
              || (key.equals("state") && !Set.of(value.split(",", -1)).contains(machine.state))
              || (key.startsWith("metadata.")
                  && !value.equals(metadata.get(key.substring("metadata.".length()))));
      if (out) {
        return false;
      }
    }
    return true;
  }

  Answer create(MachinesHost.Context context) {
    var app = context.app();
    var body = context.body();
    var config = config(body);
    var region = Tree.text(body.get("region"));
    region = region == null ? "ord" : region;
    var name = Tree.text(body.get("name"));
    for (var other : app.alive()) {
      if (other.name.equals(name)) {
        throw Refusal.of(
            409,
            "already_exists: unique machine name violation, machine ID "
                + other.id
                + " already exists with name \""
                + name
                + '"');
      }
    }
    Room.check(world, region, Guests.memoryMb(config));
    var machine =
        new MachineState(
            app,
            world.ids.machineId(),
            name == null ? "quiet-snow-" + world.ids.hex(4) : name,
            region,
            version(body, config),
            world.now());
    app.machines.put(machine.id, machine);
    machine.launch();
    world.changed("machine.create", machine.id, "in " + region + ", " + machine.current.image());
    world.tell(machine.handle);
    return Answer.json(200, leased(context, machine, body));
  }

  MachinesHost.Held open(MachinesHost.Context context, MachineState machine, String verb) {
    return switch (context.call().method() + ' ' + verb) {
      case "GET " ->
          () ->
              Answer.json(
                  200,
                  MachineJson.of(
                      machine, false, context.query("include_leases", "false").equals("true")));
      case "POST " -> () -> update(context, machine);
      case "DELETE " -> destroy(context, machine);
      case "POST start" -> () -> start(context, machine);
      case "POST stop" -> stop(context, machine);
      case "POST restart" -> () -> restart(context, machine);
      case "POST suspend" -> () -> suspend(context, machine);
      case "POST cordon" -> () -> cordon(context, machine, true);
      case "POST uncordon" -> () -> cordon(context, machine, false);
      case "POST exec" -> () -> exec.answer(context, machine);
      case "GET events" -> () -> events(context, machine);
      case "GET versions" -> () -> versions(machine);
      case "GET lease", "POST lease", "DELETE lease" -> () -> LeaseRoute.answer(context, machine);
      default -> throw Refusal.with(Answer.text(404, "text/plain", "404 page not found\n"));
    };
  }

  private Answer update(MachinesHost.Context context, MachineState machine) {
    var body = context.body();
    mine(context, machine);
    var seen = Tree.text(body.get("current_version"));
    if (seen != null && !seen.equals(machine.current.id())) {
      throw Refusal.of(
          world.has(FlyQuirk.VERSION_MISMATCH_409) ? 409 : 412,
          "failed_precondition: machine version mismatch: expected "
              + seen
              + ", currently "
              + machine.current.id());
    }
    reachable(machine);
    var config = config(body);
    long more = Guests.memoryMb(config) - Guests.memoryMb(machine.current.config());
    Room.checkGrowth(world, machine, more);
    machine.update(version(body, config));
    world.changed(
        "machine.update",
        machine.id,
        machine.current.image() + (machine.current.launch() ? "" : ", not launched"));
    return Answer.json(200, leased(context, machine, body));
  }

  private MachinesHost.Held destroy(MachinesHost.Context context, MachineState machine) {
    boolean force =
        context.query("force", "false").equals("true")
            || context.query("kill", "false").equals("true");
    return () -> {
      if (machine.lease.foreign(context.nonce())) {
        if (force) {
          return null;
        }
        throw machine.lease.conflict();
      }
      if (!force && machine.running()) {
        throw Refusal.of(
            412, "failed_precondition: unable to destroy machine, not currently in stopped state");
      }
      machine.destroy();
      return done("machine.destroy", machine);
    };
  }

  private Answer start(MachinesHost.Context context, MachineState machine) {
    mine(context, machine);
    reachable(machine);
    String before = machine.state;
    var refusal =
        switch (before) {
          case "started" -> "machine still active, refusing to start";
          case "replacing" -> "machine getting replaced, refusing to start";
          case "stopped", "suspended", "failed" -> null;
          default -> "unable to start machine from current state: '" + before + "'";
        };
    if (refusal != null && (!before.equals("created") || fetching(machine))) {
      throw Refusal.of(412, "failed_precondition: " + refusal);
    }
    machine.start("user");
    world.changed("machine.start", machine.id, "");
    return Answer.json(200, Json.of("previous_state", before, "migrated", false, "new_host", ""));
  }

  private MachinesHost.Held stop(MachinesHost.Context context, MachineState machine) {
    context.body();
    return () -> {
      // Not refused: it waits until the other's lease runs out, and goes through then.
      if (machine.lease.foreign(context.nonce())) {
        return null;
      }
      machine.stop("user");
      return done("machine.stop", machine);
    };
  }

  private Answer restart(MachinesHost.Context context, MachineState machine) {
    mine(context, machine);
    reachable(machine);
    if (!context.query("timeout", "5s").matches("[0-9]+|([0-9.]+(ns|us|ms|s|m|h))+")) {
      throw Refusal.of(400, "invalid_argument: timeout is not a duration");
    }
    if (machine.transientState()) {
      throw Refusal.of(
          412,
          "failed_precondition: unable to restart machine from current state: '"
              + machine.state
              + '\'');
    }
    machine.restart();
    return done("machine.restart", machine);
  }

  private Answer suspend(MachinesHost.Context context, MachineState machine) {
    mine(context, machine);
    if (!machine.running()) {
      throw Refusal.of(
          412,
          "failed_precondition: unable to suspend machine from current state: '"
              + machine.state
              + '\'');
    }
    machine.suspend();
    return done("machine.suspend", machine);
  }

  private Answer cordon(MachinesHost.Context context, MachineState machine, boolean cordoned) {
    mine(context, machine);
    machine.cordoned = cordoned;
    world.tell(machine.handle);
    return done(cordoned ? "machine.cordon" : "machine.uncordon", machine);
  }

  private Answer events(MachinesHost.Context context, MachineState machine) {
    var limit = context.query("limit", "20");
    if (!limit.matches("[0-9]{1,9}")) {
      throw Refusal.of(400, "invalid_argument: limit is not a number");
    }
    int count = Math.min(Math.min(50, Integer.parseInt(limit)), machine.events.all().size());
    return Answer.json(200, List.copyOf(machine.events.all().subList(0, count)));
  }

  private Answer versions(MachineState machine) {
    var found = new ArrayList<Object>();
    for (int i = machine.versions.size() - 1; i >= 0; i--) {
      var version = machine.versions.get(i);
      found.add(
          Json.of(
              "version", version.id(), "user_config", MachineJson.config(world, version.config())));
    }
    return Answer.json(200, found);
  }

  private Map<String, @Nullable Object> leased(
      MachinesHost.Context context, MachineState machine, Map<String, @Nullable Object> body) {
    var json = MachineJson.of(machine, false, false);
    var ttl = Tree.number(body.get("lease_ttl"));
    if (ttl != null && ttl > 0) {
      var lease =
          machine.lease.take(context.nonce(), Duration.ofSeconds(ttl), context.token().owner(), "");
      json.put("nonce", lease.nonce());
    }
    return json;
  }

  private MachineState.Version version(
      Map<String, @Nullable Object> body, Map<String, @Nullable Object> config) {
    var secrets = Tree.number(body.get("min_secrets_version"));
    return new MachineState.Version(
        world.ids.next(world.now()),
        config,
        secrets == null ? 0 : secrets,
        !Tree.yes(body.get("skip_launch")));
  }

  private static Map<String, @Nullable Object> config(Map<String, @Nullable Object> body) {
    var config = Tree.object(Tree.copy(body.get("config")));
    if (config == null || Tree.text(config.get("image")) == null) {
      throw Refusal.of(400, "invalid_argument: config.image is required");
    }
    Guests.check(config);
    return config;
  }

  private Answer done(String kind, MachineState machine) {
    world.changed(kind, machine.id, "");
    return Answer.json(200, Json.of("ok", true));
  }

  /** Refuses what the holder of another lease does not want. */
  static void mine(MachinesHost.Context context, MachineState machine) {
    if (machine.lease.foreign(context.nonce())) {
      throw machine.lease.conflict();
    }
  }

  private static void reachable(MachineState machine) {
    if (machine.hostStatus.equals("unreachable")) {
      throw Refusal.of(503, "unavailable: could not reach the machine's host");
    }
  }

  private boolean fetching(MachineState machine) {
    return world.now().isBefore(machine.createdAt.plus(world.fetch));
  }
}
