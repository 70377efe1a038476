package com.hotdash.ops.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.hotdash.ops.http.Excerpt;
import com.hotdash.ops.secret.Redactor;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a JSON body says, whichever of the known shapes it has. */
final class HealthBody {
  static final int MOST_CHECKS = 200;
  private static final int MOST_FIGURES = 200;
  private static final int DEEPEST_FIGURE = 4;

  private final Redactor redactor;
  final List<HealthCheck> checks = new ArrayList<>();
  final Map<String, Double> figures = new LinkedHashMap<>();
  HealthShape shape = HealthShape.OTHER;
  @Nullable HealthStatus status;
  @Nullable String said;
  @Nullable String message;
  @Nullable String version;
  @Nullable String release;
  @Nullable Instant at;
  boolean cut;

  HealthBody(Redactor redactor) {
    this.redactor = redactor;
  }

  void read(JsonNode root) {
    if (root.isTextual() || root.isBoolean()) {
      shape = HealthShape.SIMPLE;
      say(root);
      return;
    }
    if (!root.isObject()) {
      return;
    }
    var word = word(root);
    say(word);
    message = text(first(root, "message", "output", "error"));
    version = text(root.get("version"));
    release = text(first(root, "releaseId", "release"));
    at = instant(first(root, "timestamp", "time"));
    shape = shape(root, word);
    figures(root.get("metrics"), "", 0);
  }

  private HealthShape shape(JsonNode root, @Nullable JsonNode word) {
    var listed = root.get("checks");
    if (listed != null && listed.isArray()) {
      listed.forEach(check -> check(text(check.get("name")), check));
      return HealthShape.CHECK_LIST;
    }
    if (listed != null && listed.isObject()) {
      return named(listed);
    }
    for (var key : List.of("components", "details")) {
      var parts = root.get(key);
      if (parts != null && parts.isObject()) {
        components("", parts, key, 0);
        return HealthShape.ACTUATOR;
      }
    }
    if (root.get("database") != null && root.get("database").isTextual()) {
      add("database", root.get("database"), root, text(root.get("error")));
      return HealthShape.DATABASE;
    }
    if (unlisted(root)) {
      return HealthShape.CHECKS;
    }
    if (root.get("metrics") != null && root.get("metrics").isObject()) {
      return HealthShape.MONITORING;
    }
    return word == null ? HealthShape.OTHER : HealthShape.SIMPLE;
  }

  /** Parts that stand beside the word for the whole, without a list: what they say counts too. */
  private boolean unlisted(JsonNode root) {
    boolean found = false;
    for (var part : root.properties()) {
      var said = part.getValue().isObject() ? word(part.getValue()) : null;
      if (said != null && HealthStatus.parse(said.asText()) != HealthStatus.UNKNOWN) {
        found = true;
        check(part.getKey(), part.getValue());
      }
    }
    return found;
  }

  private HealthShape named(JsonNode listed) {
    boolean arrays = false;
    for (var entry : listed.properties()) {
      if (entry.getValue().isArray()) {
        arrays = true;
        entry.getValue().forEach(check -> check(entry.getKey(), check));
      } else {
        check(entry.getKey(), entry.getValue());
      }
    }
    return arrays ? HealthShape.HEALTH_JSON : HealthShape.CHECKS;
  }

  // A component of an actuator may be a group of others; what has no status is no component.
  private void components(String prefix, JsonNode parts, String key, int depth) {
    for (var part : parts.properties()) {
      var word = part.getValue().isObject() ? word(part.getValue()) : null;
      if (word != null) {
        var name = prefix + part.getKey();
        add(name, word, part.getValue(), text(part.getValue().path("details").get("error")));
        if (depth < DEEPEST_FIGURE) {
          components(name + "/", part.getValue().path(key), key, depth + 1);
        }
      }
    }
  }

  private void check(@Nullable String name, JsonNode check) {
    var told = text(first(check, "message", "error", "output"));
    add(name == null ? "without a name" : name, word(check), check, told);
  }

  private void add(String name, @Nullable JsonNode word, JsonNode check, @Nullable String told) {
    if (checks.size() >= MOST_CHECKS) {
      cut = true;
      return;
    }
    var value = text(check.get("observedValue"));
    var unit = text(check.get("observedUnit"));
    checks.add(
        new HealthCheck(
            Excerpt.of(name, redactor),
            word == null ? HealthStatus.UNKNOWN : HealthStatus.parse(word.asText()),
            text(word),
            value == null ? null : unit == null ? value : value + " " + unit,
            millis(check.get("responseTime")),
            told));
  }

  private void say(@Nullable JsonNode word) {
    if (word != null) {
      said = text(word);
      status = HealthStatus.parse(word.asText());
    }
  }

  private static @Nullable JsonNode word(JsonNode node) {
    if (node.isTextual() || node.isBoolean()) {
      return node;
    }
    @Nullable JsonNode worst = null;
    // Who says well and ill in one breath is not well.
    for (var key : List.of("status", "ok", "healthy")) {
      var said = node.path(key);
      // Actuator with a status that carries a description.
      var word = said.isObject() ? said.path("code") : said;
      if (word.isTextual() || word.isBoolean()) {
        worst = worst == null || graver(word, worst) ? word : worst;
      }
    }
    return worst;
  }

  private static boolean graver(JsonNode word, JsonNode than) {
    return HealthStatus.parse(word.asText()).compareTo(HealthStatus.parse(than.asText())) > 0;
  }

  private static @Nullable JsonNode first(JsonNode node, String... keys) {
    for (var key : keys) {
      var value = node.get(key);
      if (value != null && value.isValueNode() && !value.asText().isBlank() && !value.isNull()) {
        return value;
      }
    }
    return null;
  }

  private @Nullable String text(@Nullable JsonNode node) {
    return node == null || !node.isValueNode() || node.isNull() || node.asText().isBlank()
        ? null
        : Excerpt.of(node.asText(), redactor);
  }

  private void figures(@Nullable JsonNode node, String path, int depth) {
    if (node == null || figures.size() >= MOST_FIGURES || depth > DEEPEST_FIGURE) {
      return;
    }
    if (node.isNumber() && Double.isFinite(node.asDouble())) {
      figures.put(Excerpt.of(path, redactor), node.asDouble());
    }
    for (var entry : node.properties()) {
      figures(
          entry.getValue(),
          path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
          depth + 1);
    }
  }

  // Milliseconds; whoever claims a year has said nothing.
  private static @Nullable Duration millis(@Nullable JsonNode node) {
    return node != null && node.isNumber() && node.asDouble() >= 0 && node.asDouble() < 3e10
        ? Duration.ofNanos(Math.round(node.asDouble() * 1e6))
        : null;
  }

  private static @Nullable Instant instant(@Nullable JsonNode node) {
    if (node == null || !node.isTextual()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(node.asText()).toInstant();
    } catch (DateTimeException e) {
      return null; // a time that cannot be read is no time
    }
  }
}
