package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the Machines API shows of a machine. */
final class MachineJson {
  private static final int MOST_OUTPUT = 500;
  private static final Duration FIRST_REPORT = Duration.ofSeconds(1);

  private MachineJson() {}

  static Map<String, @Nullable Object> of(MachineState machine, boolean summary, boolean leases) {
    var current = machine.current;
    var json =
        Json.of(
            "id", machine.id,
            "name", machine.name,
            "state", machine.state,
            "region", machine.region,
            "instance_id", current.id(),
            "version", current.id(),
            "private_ip", machine.ip,
            "created_at", machine.createdAt.truncatedTo(ChronoUnit.SECONDS).toString(),
            "updated_at", machine.updatedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
            "host_status", machine.hostStatus,
            "cordoned", machine.cordoned,
            "image_ref", Images.imageRef(current.image(), machine.image()));
    var config = summary ? trimmed(current.config()) : config(machine.world, current.config());
    // A record put together without the host is shown apart: it must not be sent back.
    json.put(machine.hostStatus.equals("ok") ? "config" : "incomplete_config", config);
    json.put(
        "events",
        shown(machine, machine.events.all().subList(0, Math.min(5, machine.events.all().size()))));
    json.put("checks", shown(machine, checks(machine)));
    var lease = machine.lease.now();
    if (leases && lease != null) {
      json.put("nonce", lease.nonce());
    }
    return json;
  }

  /** Returns a config as it is shown: {@code autostop} comes back in its old form. */
  static Map<String, @Nullable Object> config(
      FlyWorld world, Map<String, @Nullable Object> stored) {
    var config = Tree.copyMembers(stored);
    if (!world.has(FlyQuirk.AUTOSTOP_IN_WORDS) && config.get("services") instanceof List<?> list) {
      var services = new ArrayList<@Nullable Object>();
      for (var element : list) {
        var service = Tree.object(element);
        if (service != null && service.get("autostop") instanceof String word) {
          service.put(
              "autostop", word.equals("suspend") ? (Object) word : (Object) word.equals("stop"));
        }
        services.add(service == null ? element : service);
      }
      config.put("services", services);
    }
    return config;
  }

  /** Asks the health checks of a running machine; a stopped one keeps what they last said. */
  static Collection<Map<String, @Nullable Object>> checks(MachineState machine) {
    var started = machine.startedAt;
    var now = machine.world.now();
    // Before the first answer the list is empty: not reported yet.
    if (machine.running() && started != null) {
      machine.checks.clear();
      configured(machine)
          .forEach(
              (name, path) -> {
                var silent = machine.world.silentChecks.getOrDefault(path, FIRST_REPORT);
                if (!now.isBefore(started.plus(silent))) {
                  machine.checks.put(name, ask(machine, name, path));
                }
              });
    }
    return machine.checks.values();
  }

  private static Map<String, @Nullable Object> ask(MachineState machine, String name, String path) {
    var health = machine.world.health;
    FlyHealth.Probe probe;
    if (health != null) {
      probe = health.probe(machine.handle, path);
    } else {
      var image = machine.image();
      boolean healthy = image != null && image.healthy();
      probe =
          new FlyHealth.Probe(
              healthy ? 200 : 503, healthy ? "{\"status\":\"ok\"}" : "{\"status\":\"degraded\"}");
    }
    boolean passing = probe.status() >= 200 && probe.status() < 300;
    var output = probe.output();
    return Json.of(
        "name",
        name,
        "status",
        passing ? "passing" : "critical",
        "output",
        output.substring(0, Math.min(MOST_OUTPUT, output.length())),
        "updated_at",
        machine.world.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static Map<String, String> configured(MachineState machine) {
    var found = new LinkedHashMap<String, String>();
    var config = machine.current.config();
    for (var element : Tree.list(config.get("services"))) {
      var service = Tree.members(element);
      for (var one : Tree.list(service.get("checks"))) {
        var check = Tree.members(one);
        var name =
            "servicecheck-%02d-%s-%s"
                .formatted(found.size(), check.get("type"), service.get("internal_port"));
        found.put(name, path(check));
      }
    }
    Tree.members(config.get("checks"))
        .forEach((name, check) -> found.put(name, path(Tree.members(check))));
    return found;
  }

  private static String path(Map<String, @Nullable Object> check) {
    var path = Tree.text(check.get("path"));
    return path == null ? "/" : path;
  }

  private static Map<String, @Nullable Object> trimmed(Map<String, @Nullable Object> config) {
    var less = new LinkedHashMap<String, @Nullable Object>();
    for (String name : List.of("image", "metadata", "guest")) {
      less.put(name, Tree.copy(config.get(name)));
    }
    return less;
  }

  private static @Nullable Object shown(MachineState machine, Collection<?> list) {
    return list.isEmpty() && !machine.world.has(FlyQuirk.EMPTY_NOT_NULL) ? null : List.copyOf(list);
  }
}
