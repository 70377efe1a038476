package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code …/metadata}: written without a new version. */
final class MetadataRoutes {
  private final FlyWorld world;

  MetadataRoutes(FlyWorld world) {
    this.world = world;
  }

  Answer answer(MachinesHost.Context context, MachineState machine, @Nullable String key) {
    var metadata =
        new LinkedHashMap<String, @Nullable Object>(
            Tree.members(machine.current.config().get("metadata")));
    String method = context.call().method();
    if (method.equals("GET")) {
      return key == null ? Answer.json(200, metadata) : one(metadata, key);
    }
    MachineRoutes.mine(context, machine);
    switch (method) {
      case "POST" -> put(metadata, known(key), context.body().get("value"));
      case "DELETE" -> metadata.remove(known(key));
      case "PUT", "PATCH" -> {
        if (key != null) {
          throw Refusal.with(Answer.text(404, "text/plain", "404 page not found\n"));
        }
        many(context, machine, metadata, method.equals("PUT"));
      }
      default -> throw Refusal.with(Answer.text(405, "text/plain", "method not allowed\n"));
    }
    machine.current.config().put("metadata", metadata);
    machine.updatedAt = world.now();
    world.changed("machine.metadata", machine.id, key == null ? "" : key);
    return Answer.empty(204);
  }

  private static void many(
      MachinesHost.Context context,
      MachineState machine,
      Map<String, @Nullable Object> metadata,
      boolean replace) {
    var body = context.body();
    var seen = Tree.text(body.get("machine_version"));
    if (seen != null && !seen.equals(machine.current.id())) {
      throw Refusal.of(412, "failed_precondition: machine version mismatch");
    }
    var values = Tree.object(body.get("metadata"));
    if (values == null) {
      throw Refusal.of(400, "invalid_argument: metadata is required");
    }
    if (replace) {
      metadata.clear();
    }
    values.forEach((name, value) -> put(metadata, name, value));
  }

  private static void put(
      Map<String, @Nullable Object> metadata, String key, @Nullable Object value) {
    if (value == null || value.equals("")) {
      metadata.remove(key);
    } else if (value instanceof String) {
      metadata.put(key, value);
    } else {
      throw Refusal.of(400, "invalid_argument: a metadata value is text");
    }
  }

  private static Answer one(Map<String, @Nullable Object> metadata, String key) {
    var value = metadata.get(key);
    if (value == null) {
      throw Refusal.of(404, "metadata key not found");
    }
    return Answer.json(200, Json.of("value", value));
  }

  private static String known(@Nullable String key) {
    if (key == null) {
      throw Refusal.with(Answer.text(405, "text/plain", "method not allowed\n"));
    }
    return key;
  }
}
