package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code …/secrets}: stores, and touches no machine. */
final class SecretRoutes {
  private final FlyWorld world;

  SecretRoutes(FlyWorld world) {
    this.world = world;
  }

  Answer answer(MachinesHost.Context context, @Nullable String name) {
    var secrets = context.app().secrets;
    return switch (context.call().method()) {
      case "GET" -> read(context, secrets, name);
      case "POST" -> name == null ? writeMany(context, secrets) : writeOne(context, secrets, name);
      case "DELETE" -> {
        if (name == null || !secrets.current().containsKey(name)) {
          throw Refusal.of(404, "secret not found");
        }
        yield Answer.json(200, versions(write(context.app(), nothing(name))));
      }
      default -> throw Refusal.with(Answer.text(405, "text/plain", "method not allowed\n"));
    };
  }

  private Answer read(MachinesHost.Context context, SecretStore secrets, @Nullable String name) {
    var least = context.query("min_version", "0");
    if (!least.matches("[0-9]{1,18}")) {
      throw Refusal.of(400, "invalid_argument: min_version is not a number");
    }
    if (Long.parseLong(least) > secrets.version()) {
      throw Refusal.of(408, "deadline_exceeded: secrets have not reached version " + least);
    }
    if (name == null) {
      return Answer.json(200, Json.of("secrets", list(secrets)));
    }
    var one = secrets.current().get(name);
    if (one == null) {
      throw Refusal.of(404, "secret not found");
    }
    return Answer.json(200, json(one));
  }

  private Answer writeMany(MachinesHost.Context context, SecretStore secrets) {
    var values = Tree.object(context.body().get("values"));
    if (values == null || values.isEmpty()) {
      throw Refusal.of(400, "invalid_argument: values is required");
    }
    var written = new HashMap<String, @Nullable String>();
    values.forEach((name, value) -> written.put(name, value == null ? null : text(value)));
    var answer = versions(write(context.app(), written));
    answer.put("secrets", list(secrets));
    return Answer.json(200, answer);
  }

  private Answer writeOne(MachinesHost.Context context, SecretStore secrets, String name) {
    var written = new HashMap<String, @Nullable String>();
    written.put(name, text(context.body().get("value")));
    long version = write(context.app(), written);
    var stored = secrets.current().get(name);
    if (stored == null) {
      throw new IllegalStateException("a secret that was just written is gone");
    }
    var answer = json(stored);
    answer.putAll(versions(version));
    return Answer.json(201, answer);
  }

  /** Stores all values as one version. */
  long write(AppState app, Map<String, @Nullable String> values) {
    long version = app.secrets.write(values);
    var names = values.keySet().stream().sorted().toList();
    world.changed("secrets.set", app.name, String.join(",", names) + ", version " + version);
    return version;
  }

  private static Map<String, @Nullable String> nothing(String name) {
    var values = new HashMap<String, @Nullable String>();
    values.put(name, null);
    return values;
  }

  private static String text(@Nullable Object value) {
    if (!(value instanceof String text) || text.isEmpty()) {
      throw Refusal.of(400, "invalid_argument: a secret's value is text");
    }
    return text;
  }

  private @Nullable Object list(SecretStore secrets) {
    var all = secrets.current().values().stream().map(SecretRoutes::json).toList();
    return all.isEmpty() && !world.has(FlyQuirk.EMPTY_NOT_NULL) ? null : List.copyOf(all);
  }

  private static Map<String, @Nullable Object> versions(long version) {
    return Json.of("version", version, "Version", version);
  }

  private static Map<String, @Nullable Object> json(SecretStore.Stored secret) {
    return Json.of(
        "name", secret.name(),
        "digest", secret.digest(),
        "created_at", secret.createdAt().toString(),
        "updated_at", secret.updatedAt().toString());
  }
}
