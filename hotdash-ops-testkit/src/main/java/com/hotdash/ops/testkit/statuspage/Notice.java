package com.hotdash.ops.testkit.statuspage;

import com.hotdash.ops.testkit.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An incident or a maintenance. Guarded by the page's lock. */
final class Notice {
  final String id;
  final String name;
  final String impact;
  final Instant createdAt;
  final List<String> components;
  final List<Update> updates = new ArrayList<>();
  @Nullable Instant from;
  @Nullable Instant until;

  Notice(String id, String name, String impact, Instant createdAt, List<String> components) {
    this.id = id;
    this.name = name;
    this.impact = impact;
    this.createdAt = createdAt;
    this.components = components;
  }

  record Update(String status, String body, Instant at) {}

  String status() {
    return updates.get(0).status();
  }

  boolean over() {
    return List.of("resolved", "postmortem", "completed").contains(status());
  }

  Map<String, @Nullable Object> json(List<?> affected) {
    var json = Json.of("id", id, "name", name, "status", status(), "impact", impact);
    json.put("shortlink", "https://stspg.io/" + id);
    json.put("created_at", stamp(createdAt));
    json.put("started_at", stamp(createdAt));
    json.put("updated_at", stamp(updates.get(0).at()));
    json.put("resolved_at", over() ? stamp(updates.get(0).at()) : null);
    if (from != null && until != null) {
      json.put("scheduled_for", stamp(from));
      json.put("scheduled_until", stamp(until));
    }
    json.put("components", affected);
    var all = new ArrayList<Object>();
    for (int i = 0; i < updates.size(); i++) {
      var update = updates.get(i);
      all.add(
          Json.of(
              "id", id + "-u" + (updates.size() - i),
              "status", update.status(),
              "body", update.body(),
              "created_at", stamp(update.at()),
              "display_at", stamp(update.at())));
    }
    json.put("incident_updates", all);
    return json;
  }

  static String stamp(Instant at) {
    return StatusPageServer.MILLIS.format(at);
  }
}
