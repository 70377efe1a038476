package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.util.List;
import java.util.Map;

/** {@code api.fly.io}, {@code registry.fly.io} and {@code incidents.flyio.net}. */
final class WebHost {
  private final FlyWorld world;
  private final GraphqlHost graphql;
  private final ReleaseRoutes releases;
  private final PrometheusHost prometheus;

  WebHost(FlyWorld world) {
    this.world = world;
    this.graphql = new GraphqlHost(world);
    this.releases = new ReleaseRoutes(world);
    this.prometheus = new PrometheusHost(world);
  }

  /** Answers {@code api.fly.io}. */
  Answer answer(Call call) {
    synchronized (world) {
      world.settle();
      try {
        var parts = call.segments();
        if (call.method().equals("POST") && parts.equals(List.of("graphql"))) {
          return graphql.answer(call);
        }
        if (parts.get(0).equals("prometheus")) {
          return prometheus.answer(call, parts.subList(1, parts.size()));
        }
        boolean api = parts.size() > 2 && parts.get(0).equals("api") && parts.get(1).equals("v1");
        if (!api) {
          return missing();
        }
        var rest = parts.subList(2, parts.size());
        boolean logs = rest.size() == 3 && rest.get(0).equals("apps") && rest.get(2).equals("logs");
        boolean known =
            rest.get(0).equals("releases") || (rest.size() > 2 && rest.get(2).equals("releases"));
        return logs ? logs(call, rest.get(1)) : known ? releases.answer(call, rest) : missing();
      } catch (Refusal e) {
        return e.answer();
      }
    }
  }

  private Answer logs(Call call, String name) {
    var token = world.tokens.check(Tokens.Service.LOGS, call.header("authorization"), world.now());
    var app = world.apps.get(name);
    if (app == null || !app.org.equals(world.org)) {
      return missing();
    }
    Tokens.permit(token, name, Tokens.Right.READ);
    if (token.kind() == FlyToken.Kind.DEPLOY && world.has(FlyQuirk.NO_LOGS_FOR_DEPLOY_TOKENS)) {
      throw Refusal.of(403, "token is not authorized to access this resource");
    }
    return app.logs.page(call.query());
  }

  /** Answers {@code registry.fly.io}. */
  Answer registry(Call call) {
    synchronized (world) {
      try {
        var token =
            world.tokens.check(Tokens.Service.REGISTRY, call.header("authorization"), world.now());
        var parts = call.segments();
        boolean read = call.method().equals("GET") || call.method().equals("HEAD");
        int size = parts.size();
        if (!read
            || size < 4
            || !parts.get(0).equals("v2")
            || !parts.get(size - 2).equals("manifests")) {
          return missing();
        }
        String repository = String.join("/", parts.subList(1, size - 2));
        Tokens.permit(token, repository, Tokens.Right.READ);
        return manifest(repository, parts.get(size - 1), call.method().equals("HEAD"));
      } catch (Refusal e) {
        return e.answer();
      }
    }
  }

  private Answer manifest(String repository, String reference, boolean head) {
    boolean digest = reference.startsWith("sha256:");
    var image = world.images.find(repository, digest ? null : reference, digest ? reference : null);
    if (image == null) {
      var error = Json.of("code", "MANIFEST_UNKNOWN", "message", "manifest unknown");
      var answer = Answer.json(404, Json.of("errors", List.of(error)));
      return head ? Answer.empty(404) : answer;
    }
    String type = "application/vnd.docker.distribution.manifest.v2+json";
    String body =
        Json.write(
            Json.of(
                "schemaVersion",
                2,
                "mediaType",
                type,
                "config",
                Json.of(
                    "mediaType",
                    "application/vnd.docker.container.image.v1+json",
                    "size",
                    7023,
                    "digest",
                    image.digest()),
                "layers",
                List.of()));
    var answer =
        head
            ? new Answer(200, Map.of("Content-Type", type), out -> {}, 0)
            : Answer.text(200, type, body);
    return answer.with("Docker-Content-Digest", image.digest());
  }

  /** Answers {@code incidents.flyio.net}; asks for no token. */
  Answer incidents(Call call) {
    if (!call.method().equals("GET") || !call.path().equals("/v1/incidents")) {
      return missing();
    }
    synchronized (world) {
      return Answer.json(200, Json.of("incidents", List.copyOf(world.incidents)));
    }
  }

  private static Answer missing() {
    return Answer.text(404, "text/plain; charset=utf-8", "not found");
  }
}
