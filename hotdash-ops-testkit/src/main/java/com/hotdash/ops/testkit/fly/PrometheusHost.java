package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.fly.PromqlValues.Sample;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /prometheus/{org}/api/v1}: instant and range queries, series and label values. */
final class PrometheusHost {
  private static final int MOST_STEPS = 11_000;

  private final FlyWorld world;

  PrometheusHost(FlyWorld world) {
    this.world = world;
  }

  /** Answers a path below {@code /prometheus}, under the world's lock. */
  Answer answer(Call call, List<String> parts) {
    var token =
        world.tokens.check(Tokens.Service.PROMETHEUS, call.header("authorization"), world.now());
    if (parts.size() < 4 || !parts.get(1).equals("api") || !parts.get(2).equals("v1")) {
      return Answer.text(404, "text/plain", "unsupported path requested\n");
    }
    // Metrics belong to the organisation: a token for one app has no right to them.
    Tokens.permit(token, null, Tokens.Right.READ);
    if (!parts.get(0).equals(world.org)) {
      return error(403, "unauthorized", "no access to organization " + parts.get(0));
    }
    var form = form(call);
    try {
      return switch (parts.get(3)) {
        case "query" -> instant(form);
        case "query_range" -> range(form);
        case "label" -> labelValues(parts.size() == 6 ? parts.get(4) : "");
        default -> Answer.text(404, "text/plain", "unsupported path requested\n");
      };
    } catch (Promql.BadQueryException e) {
      return error(422, "bad_data", String.valueOf(e.getMessage()));
    }
  }

  private Answer instant(Map<String, String> form) {
    long at = millis(form.get("time"));
    var value =
        new PromqlValues(world.metrics, at).of(Promql.parse(form.getOrDefault("query", "")));
    if (value.scalar()) {
      return success("scalar", point(at, value.samples().get(0).value()));
    }
    var result = new ArrayList<Object>();
    for (var sample : value.samples()) {
      result.add(Json.of("metric", sample.labels(), "value", point(at, sample.value())));
    }
    return success("vector", result);
  }

  private Answer range(Map<String, String> form) {
    var query = Promql.parse(form.getOrDefault("query", ""));
    long from = millis(form.get("start"));
    long to = millis(form.get("end"));
    long step = step(form.getOrDefault("step", "60"));
    if (to < from || (to - from) / step > MOST_STEPS) {
      throw new Promql.BadQueryException("too many points, or end before start");
    }
    var series = new LinkedHashMap<Map<String, String>, List<Object>>();
    for (long at = from; at <= to; at += step) {
      for (Sample sample : new PromqlValues(world.metrics, at).of(query).samples()) {
        series
            .computeIfAbsent(new TreeMap<>(sample.labels()), key -> new ArrayList<>())
            .add(point(at, sample.value()));
      }
    }
    var result = new ArrayList<Object>();
    series.forEach((labels, points) -> result.add(Json.of("metric", labels, "values", points)));
    return success("matrix", result);
  }

  private Answer labelValues(String label) {
    var found = new TreeSet<String>();
    world.metrics.matching(labels -> labels.containsKey(label)).keySet().stream()
        .map(labels -> labels.getOrDefault(label, ""))
        .forEach(found::add);
    return Answer.json(200, Json.of("status", "success", "data", List.copyOf(found)));
  }

  private static Answer success(String type, Object result) {
    return Answer.json(
        200, Json.of("status", "success", "data", Json.of("resultType", type, "result", result)));
  }

  private static Answer error(int status, String type, String text) {
    return Answer.json(status, Json.of("status", "error", "errorType", type, "error", text));
  }

  /** A point: the time as a number, the value as text. */
  private static List<Object> point(long millis, double value) {
    return List.of(
        millis % 1000 == 0 ? (Object) (millis / 1000) : (Object) (millis / 1000.0), text(value));
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private long millis(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return world.now().toEpochMilli();
    }
    if (text.matches("[0-9]{1,11}(\\.[0-9]+)?")) {
      return new BigDecimal(text).movePointRight(3).longValue();
    }
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new Promql.BadQueryException("cannot parse time \"" + text + '"');
    }
  }

  private static long step(String text) {
    var digits = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("[0-9]{1,7}(\\.[0-9]{1,3})?")) {
      throw new Promql.BadQueryException("cannot parse step \"" + text + '"');
    }
    long step = new BigDecimal(digits).movePointRight(3).longValue();
    if (step < 1) {
      throw new Promql.BadQueryException("step must be positive");
    }
    return step;
  }

  private static Map<String, String> form(Call call) {
    var form = new HashMap<>(call.query());
    if (call.method().equals("POST")) {
      form.putAll(new Call("POST", call.path(), call.body(), Map.of(), "").query());
    }
    return form;
  }
}
