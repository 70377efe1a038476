package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Apps, the machines of an organisation, and what a token may do. */
final class AppRoutes {
  private final FlyWorld world;

  AppRoutes(FlyWorld world) {
    this.world = world;
  }

  Answer token(FlyToken token) {
    var app = world.apps.get(token.app());
    var info =
        Json.of(
            "token_id",
            world.ids.hex(12),
            "org_slug",
            world.org,
            "organization",
            "91234",
            "apps",
            app == null ? null : List.of(String.valueOf(app.number)));
    if (token.kind() == FlyToken.Kind.USER) {
      info.put("user", token.owner());
    }
    return Answer.json(200, Json.of("tokens", List.of(info)));
  }

  Answer all(Call call, FlyToken token) {
    if (call.method().equals("POST")) {
      return create(call, token);
    }
    var org = call.query().getOrDefault("org_slug", "");
    Tokens.permit(token, token.app().isEmpty() ? null : token.app(), Tokens.Right.READ);
    var found = new ArrayList<Object>();
    for (var app : world.apps.values()) {
      boolean mine = token.app().isEmpty() || token.app().equals(app.name);
      if (app.org.equals(world.org) && org.equals(app.org) && mine) {
        found.add(json(app));
      }
    }
    return Answer.json(200, Json.of("total_apps", found.size(), "apps", found));
  }

  Answer one(MachinesHost.Context context) {
    var app = context.app();
    if (context.call().method().equals("DELETE")) {
      boolean force = context.query("force", "false").equals("true");
      if (!force && !app.alive().isEmpty()) {
        throw Refusal.of(412, "failed_precondition: app still has machines");
      }
      world.apps.remove(app.name);
      world.changed("app.delete", app.name, "");
      return Answer.empty(202);
    }
    return Answer.json(200, json(app));
  }

  private Answer create(Call call, FlyToken token) {
    Tokens.permit(token, null, Tokens.Right.WRITE);
    var body = Json.object(call.body());
    var name = body == null ? null : Tree.text(body.get("name"));
    if (name == null) {
      throw Refusal.of(400, "invalid_argument: name is required");
    }
    if (!name.matches("[a-z0-9-]{1,62}")) {
      throw Refusal.of(
          422,
          "Validation failed: Name under 63 chars using numbers, lowercase letters and dashes");
    }
    if (world.apps.containsKey(name) || world.takenNames.contains(name)) {
      throw Refusal.of(422, "Validation failed: Name has already been taken", "name_taken");
    }
    var app = new AppState(world, name, world.org);
    world.apps.put(name, app);
    world.changed("app.create", name, "");
    return Answer.empty(201);
  }

  /** Pages over all machines of an organisation, ordered by id. */
  Answer orgMachines(String org, Map<String, String> query) {
    if (!org.equals(world.org)) {
      throw Refusal.of(403, "token is not authorized to access this resource");
    }
    var limit = query.getOrDefault("limit", "1000");
    if (!limit.matches("[1-9][0-9]{0,2}|1000")) {
      throw Refusal.of(400, "invalid_argument: limit must be between 1 and 1000");
    }
    var cursor = query.getOrDefault("cursor", "");
    var found = new ArrayList<MachineState>();
    for (var app : world.apps.values()) {
      for (var machine : app.machines.values()) {
        if (app.org.equals(org)
            && machine.id.compareTo(cursor) > 0
            && !world.silentRegions.contains(machine.region)
            && MachineRoutes.wanted(machine, query)) {
          found.add(machine);
        }
      }
    }
    found.sort((a, b) -> a.id.compareTo(b.id));
    int count = Math.min(Integer.parseInt(limit), found.size());
    var page = found.subList(0, count);
    var last = page.isEmpty() ? null : page.get(count - 1);
    var answer =
        Json.of(
            "machines", page.stream().map(AppRoutes::overview).toList(),
            "next_cursor", last != null && count < found.size() ? last.id : "",
            "error_regions",
                world.silentRegions.isEmpty() ? null : List.copyOf(world.silentRegions));
    if (last != null) {
      answer.put("last_machine_id", last.id);
      answer.put("last_updated_at", last.updatedAt.toString());
    }
    return Answer.json(200, answer);
  }

  private static Map<String, @Nullable Object> overview(MachineState machine) {
    var json = MachineJson.of(machine, true, false);
    json.keySet()
        .retainAll(
            List.of(
                "id",
                "name",
                "state",
                "region",
                "instance_id",
                "version",
                "private_ip",
                "created_at",
                "updated_at",
                "config"));
    json.put("app_name", machine.app.name);
    return json;
  }

  private Map<String, @Nullable Object> json(AppState app) {
    return Json.of(
        "id",
        app.name,
        "internal_numeric_id",
        app.number,
        "name",
        app.name,
        "network",
        "default",
        "status",
        app.status(),
        "machine_count",
        app.alive().size(),
        "volume_count",
        0,
        "organization",
        Json.of("name", "Acme", "slug", world.org, "internal_numeric_id", 91234),
        "cname_target",
        app.name + ".fly.dev",
        "app_role",
        "FlyApp");
  }
}
