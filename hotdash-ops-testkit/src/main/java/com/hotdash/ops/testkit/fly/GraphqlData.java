package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What GraphQL shows of the world, and the few things that it changes. */
final class GraphqlData {
  private final FlyWorld world;
  private final FlyToken token;

  GraphqlData(FlyWorld world, FlyToken token) {
    this.world = world;
    this.token = token;
  }

  Map<String, @Nullable Object> app(Map<String, @Nullable Object> arguments) {
    var name = Tree.text(arguments.get("name"));
    return app(find(name == null ? Tree.text(arguments.get("id")) : name));
  }

  @Nullable Object mutation(String name, Map<String, @Nullable Object> arguments) {
    var input = Tree.members(arguments.get("input"));
    if (name.equals("updateRelease")) {
      return updateRelease(input);
    }
    var app = find(Tree.text(input.get("appId")));
    write(app);
    return switch (name) {
      case "setSecrets" -> setSecrets(app, input);
      case "unsetSecrets" -> unsetSecrets(app, input);
      case "lockApp" -> lock(app);
      case "unlockApp" -> unlock(app, input);
      case "createRelease" -> {
        var strategy = Tree.text(input.get("strategy"));
        var release =
            app.release(
                "pending",
                "CHANGE",
                Tree.text(input.get("image")),
                token.owner(),
                world.now(),
                strategy == null ? "ROLLING" : strategy);
        world.changed("release.create", app.name, "v" + release.version());
        yield Json.of("app", app(app), "release", release(app, release));
      }
      default -> throw new IllegalStateException("no mutation " + name);
    };
  }

  private AppState find(@Nullable String nameOrId) {
    for (var app : world.apps.values()) {
      boolean mine = token.app().isEmpty() || token.app().equals(app.name);
      if (mine
          && app.org.equals(world.org)
          && (app.name.equals(nameOrId) || app.id.equals(nameOrId))) {
        return app;
      }
    }
    throw new GraphqlHost.FieldException("Could not find App", "NOT_FOUND");
  }

  private void write(AppState app) {
    try {
      Tokens.permit(token, app.name, Tokens.Right.WRITE);
    } catch (Refusal e) {
      throw new GraphqlHost.FieldException("Not authorized to access this app", "UNAUTHORIZED");
    }
  }

  private Map<String, @Nullable Object> app(AppState app) {
    var json =
        Json.of(
            "id",
            app.id,
            "internalNumericId",
            app.number,
            "name",
            app.name,
            "hostname",
            app.name + ".fly.dev",
            "cnameTarget",
            app.name + ".fly.dev",
            "deployed",
            !app.status().equals("pending"),
            "network",
            "default",
            "status",
            app.status(),
            "appUrl",
            "https://" + app.name + ".fly.dev",
            "platformVersion",
            "machines");
    json.put(
        "organization",
        Json.of(
            "id",
            "91234",
            "internalNumericId",
            "91234",
            "slug",
            app.org,
            "rawSlug",
            app.org,
            "name",
            "Acme",
            "paidPlan",
            true));
    json.put("role", Json.of("name", "FlyApp"));
    json.put(
        "releasesUnprocessed",
        (GraphqlHost.Resolved)
            (Map<String, @Nullable Object> arguments) -> releases(app, arguments));
    var newest = app.newest();
    json.put("currentReleaseUnprocessed", newest == null ? null : release(app, newest));
    json.put(
        "hostIssues",
        Json.of("nodes", List.copyOf(app.hostIssues), "totalCount", app.hostIssues.size()));
    json.put("image", (GraphqlHost.Resolved) this::image);
    json.put("secrets", secrets(app));
    var until = app.lockUntil;
    boolean locked = until != null && until.isAfter(world.now());
    json.put(
        "currentLock",
        locked ? Json.of("lockId", app.lockId, "expiration", String.valueOf(until)) : null);
    return json;
  }

  private @Nullable Object image(Map<String, @Nullable Object> arguments) {
    var reference = Tree.text(arguments.get("ref"));
    var image = reference == null ? null : world.images.find(reference);
    if (image == null && world.has(FlyQuirk.MISSING_IMAGE_IS_ERROR)) {
      throw new GraphqlHost.FieldException(
          "Could not find image \"" + reference + '"', "NOT_FOUND");
    }
    return image == null ? null : image(image);
  }

  private static Map<String, @Nullable Object> image(FlyImage image) {
    return Json.of(
        "id", "img_" + image.digest().substring(7, 27),
        "digest", image.digest(),
        "ref", image.reference(),
        "tag", image.tag(),
        "repository", image.repository(),
        "registry", "registry.fly.io",
        "compressedSizeFull", "183500800");
  }

  private static List<Object> secrets(AppState app) {
    var found = new ArrayList<Object>();
    for (var secret : app.secrets.current().values()) {
      found.add(
          Json.of(
              "id", app.name + '/' + secret.name(),
              "name", secret.name(),
              "digest", secret.digest(),
              "createdAt", secret.createdAt().toString()));
    }
    return found;
  }

  private Map<String, @Nullable Object> releases(
      AppState app, Map<String, @Nullable Object> arguments) {
    var status = Tree.text(arguments.get("status"));
    var first = Tree.number(arguments.get("first"));
    var after = Tree.text(arguments.get("after"));
    int from = after != null && after.matches("[0-9]{1,9}") ? Integer.parseInt(after) : 0;
    var all = new ArrayList<FlyRelease>();
    for (int i = app.releases.size() - 1; i >= 0; i--) {
      var release = app.releases.get(i);
      if (status == null || status.equals(release.status())) {
        all.add(release);
      }
    }
    int start = Math.min(from, all.size());
    int end = (int) Math.min(all.size(), start + (first == null ? 100 : Math.max(0, first)));
    var nodes = all.subList(start, end).stream().map(r -> release(app, r)).toList();
    return Json.of(
        "nodes", nodes,
        "totalCount", all.size(),
        "pageInfo",
            Json.of(
                "hasNextPage",
                end < all.size(),
                "hasPreviousPage",
                start > 0,
                "startCursor",
                String.valueOf(start + 1),
                "endCursor",
                String.valueOf(end)));
  }

  private Map<String, @Nullable Object> release(AppState app, FlyRelease release) {
    var reference = release.imageRef();
    var image = reference == null ? null : world.images.find(reference);
    var json =
        Json.of(
            "id", release.id(),
            "version", release.version(),
            "status", release.status(),
            "reason", release.reason(),
            "description", "Release",
            // False for good releases too: nobody may rely on it.
            "stable", false,
            "imageRef", reference,
            "createdAt", release.createdAt().toString(),
            "updatedAt", release.createdAt().toString(),
            "deploymentStrategy", release.strategy());
    json.put("revertedTo", null);
    json.put("inProgress", !release.finished());
    json.put("configDefinition", Json.of("app", app.name));
    json.put("image", image == null ? null : image(image));
    json.put(
        "user", Json.of("id", "u-" + release.version(), "email", release.user(), "name", null));
    return json;
  }

  private Object setSecrets(AppState app, Map<String, @Nullable Object> input) {
    var values = new LinkedHashMap<String, @Nullable String>();
    if (Tree.yes(input.get("replaceAll"))) {
      app.secrets.current().keySet().forEach(name -> values.put(name, null));
    }
    for (var element : Tree.list(input.get("secrets"))) {
      var secret = Tree.members(element);
      values.put(String.valueOf(secret.get("key")), String.valueOf(secret.get("value")));
    }
    return secretsRelease(app, values);
  }

  private Object unsetSecrets(AppState app, Map<String, @Nullable Object> input) {
    var values = new LinkedHashMap<String, @Nullable String>();
    Tree.list(input.get("keys")).forEach(key -> values.put(String.valueOf(key), null));
    return secretsRelease(app, values);
  }

  private Object secretsRelease(AppState app, Map<String, @Nullable String> values) {
    if (app.secrets.same(values)) {
      throw new GraphqlHost.FieldException("No change detected to secrets", "UNCHANGED");
    }
    new SecretRoutes(world).write(app, values);
    var last = app.newest();
    // It carries the image of the latest release, even of a failed one.
    var release =
        app.release(
            "pending",
            "SECRETS",
            last == null ? null : last.imageRef(),
            token.owner(),
            world.now(),
            "ROLLING");
    world.changed("release.create", app.name, "v" + release.version() + " for secrets");
    return Json.of("app", app(app), "release", release(app, release));
  }

  private Object lock(AppState app) {
    var until = app.lockUntil;
    if (until != null && until.isAfter(world.now())) {
      throw new GraphqlHost.FieldException("App is already locked", "LOCKED");
    }
    app.lockId = world.ids.opaque();
    app.lockUntil = world.now().plus(Duration.ofMinutes(15));
    world.changed("app.lock", app.name, "");
    return Json.of("lockId", app.lockId, "expiration", app.lockUntil.toString());
  }

  private Object unlock(AppState app, Map<String, @Nullable Object> input) {
    if (app.lockId == null || !app.lockId.equals(input.get("lockId"))) {
      throw new GraphqlHost.FieldException("Could not find AppLock", "NOT_FOUND");
    }
    app.lockId = null;
    app.lockUntil = null;
    world.changed("app.unlock", app.name, "");
    return Json.of("app", app(app));
  }

  private Object updateRelease(Map<String, @Nullable Object> input) {
    for (var app : world.apps.values()) {
      for (var release : app.releases) {
        if (release.id().equals(input.get("releaseId"))) {
          write(app);
          var status = Tree.text(input.get("status"));
          var changed = status == null ? release : release.withStatus(status);
          app.replace(changed);
          world.changed(
              "release.update", app.name, "v" + release.version() + " " + changed.status());
          return Json.of("release", release(app, changed));
        }
      }
    }
    throw new GraphqlHost.FieldException("Could not find Release", "NOT_FOUND");
  }
}
