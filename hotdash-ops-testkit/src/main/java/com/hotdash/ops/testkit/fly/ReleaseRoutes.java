package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The undocumented REST calls about releases. Errors are plain text. */
final class ReleaseRoutes {
  private final FlyWorld world;

  ReleaseRoutes(FlyWorld world) {
    this.world = world;
  }

  /** Answers a path below {@code /api/v1}. */
  Answer answer(Call call, List<String> parts) {
    var token =
        world.tokens.check(Tokens.Service.RELEASES, call.header("authorization"), world.now());
    String route = call.method() + ' ' + parts.get(0) + ' ' + parts.size();
    return switch (route) {
      case "GET apps 3" -> list(app(token, parts.get(1), false), call);
      case "GET apps 4" ->
          parts.get(3).equals("current") ? current(app(token, parts.get(1), false)) : missing();
      case "GET releases 2" -> parts.get(1).equals("all_current") ? allCurrent(token) : missing();
      case "POST releases 1" -> create(call, token);
      case "PATCH releases 2" -> update(call, token, parts.get(1));
      default -> missing();
    };
  }

  private Answer list(AppState app, Call call) {
    var limit = call.query().getOrDefault("limit", "25");
    int most = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 25;
    var newestFirst =
        app.releases.stream()
            .sorted((a, b) -> Integer.compare(b.version(), a.version()))
            .limit(most)
            .map(ReleaseRoutes::json)
            .toList();
    return Answer.json(200, Json.of("releases", newestFirst));
  }

  private static Answer current(AppState app) {
    var newest = app.newest();
    return newest == null ? missing() : Answer.json(200, json(newest));
  }

  private Answer allCurrent(FlyToken token) {
    var times = new LinkedHashMap<String, Object>();
    for (var app : world.apps.values()) {
      var newest = app.newest();
      boolean mine = token.app().isEmpty() || token.app().equals(app.name);
      if (newest != null && mine && app.org.equals(world.org)) {
        times.put(app.name, newest.createdAt().toString());
      }
    }
    return Answer.json(200, times);
  }

  private Answer create(Call call, FlyToken token) {
    var body = Tree.members(Json.object(call.body()));
    var app = app(token, String.valueOf(body.get("app_name")), true);
    var image = Tree.text(body.get("image"));
    var strategy = Tree.text(body.get("strategy"));
    if (image == null) {
      return text(422, "image is required");
    }
    var release =
        app.release(
            "pending",
            "CHANGE",
            image,
            token.owner(),
            world.now(),
            strategy == null ? "ROLLING" : strategy.toUpperCase(Locale.ROOT));
    world.changed("release.create", app.name, "v" + release.version());
    return Answer.json(201, Json.of("release", json(release)));
  }

  private Answer update(Call call, FlyToken token, String id) {
    var status = Tree.text(Tree.members(Json.object(call.body())).get("status"));
    for (var app : world.apps.values()) {
      for (var release : app.releases) {
        if (release.id().equals(id)) {
          app(token, app.name, true);
          if (status == null) {
            return text(422, "status is required");
          }
          if (release.finished() && !release.status().equals(status)) {
            return text(422, "the release has already finished");
          }
          app.replace(release.withStatus(status));
          world.changed("release.update", app.name, "v" + release.version() + " " + status);
          return Answer.json(200, Json.of("release", json(release.withStatus(status))));
        }
      }
    }
    return missing();
  }

  private AppState app(FlyToken token, String name, boolean write) {
    var app = world.apps.get(name);
    if (app == null || !app.org.equals(world.org)) {
      throw Refusal.with(missing());
    }
    Tokens.permit(token, name, write ? Tokens.Right.WRITE : Tokens.Right.READ);
    return app;
  }

  private static Map<String, @Nullable Object> json(FlyRelease release) {
    return Json.of(
        "id", release.id(),
        "version", release.version(),
        "stable", false,
        "in_progress", !release.finished(),
        "status", release.status(),
        "strategy", release.strategy(),
        "user", release.user(),
        "created_at", release.createdAt().toString(),
        "image_ref", release.imageRef());
  }

  private static Answer missing() {
    return text(404, "not found");
  }

  private static Answer text(int status, String text) {
    return Answer.text(status, "text/plain; charset=utf-8", text);
  }
}
