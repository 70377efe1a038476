package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request to a route of a repository. */
record Ask(
    Call call,
    Repository repository,
    List<String> parts,
    Set<Right> rights,
    String login,
    String version,
    URI base) {
  static final String NEW_VERSION = "2026-03-10";

  String part(int index) {
    return parts.get(index);
  }

  long number(int index) {
    try {
      return Long.parseLong(part(index));
    } catch (NumberFormatException e) {
      throw Problem.notFound();
    }
  }

  Map<String, @Nullable Object> body() {
    if (call.body().isEmpty()) {
      return new LinkedHashMap<>();
    }
    var body = Json.object(call.body());
    if (body == null) {
      throw Problem.of(400, "Problems parsing JSON");
    }
    return body;
  }

  @Nullable String query(String name) {
    return call.query().get(name);
  }

  boolean newVersion() {
    return version.equals(NEW_VERSION);
  }

  String api(String path) {
    return base + "/repos/" + repository + path;
  }

  String web(String path) {
    return "https://github.com/" + repository + path;
  }
}
