package com.hotdash.ops.testkit.hotdash;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The shapes in which HotDash tells its health, each with a policy of its own. */
final class HealthAnswers {
  private HealthAnswers() {}

  static Answer plain(Behaviour behaviour, Instant now) {
    var checks = Json.of();
    new TreeMap<>(behaviour.healthChecks())
        .forEach((name, status) -> checks.put(name, check(status)));
    var worst = worst(behaviour);
    var status = worst.equals("ok") ? "ok" : "degraded";
    var body = Json.of("status", status, "timestamp", now.toString(), "checks", checks);
    return answer(behaviour, worst.equals("ok") ? 200 : 503, body).with("X-Response-Time", "12ms");
  }

  private static Map<String, ?> check(String status) {
    var check = Json.of("status", status, "responseTime", 12);
    if (!status.equals("ok")) {
      check.put("error", "dependency answered: " + status);
    }
    return check;
  }

  static Answer monitoring(Behaviour behaviour, Instant now) {
    var worst = worst(behaviour);
    var status = worst.equals("ok") ? "healthy" : worst.equals("error") ? "unhealthy" : "degraded";
    long millis = behaviour.responseTime().toMillis();
    int critical = worst.equals("error") ? 1 : 0;
    var metrics =
        Json.of(
            "errors", Json.of("total", critical, "critical", critical),
            "performance", Json.of("routeP95", millis, "apiP95", millis),
            "uptime", Json.of("overall", 99.9),
            "alerts", Json.of("unacknowledged", critical, "critical", critical));
    var body = Json.of("status", status, "message", "System is " + status);
    body.put("timestamp", now.toString());
    body.put("metrics", metrics);
    return answer(behaviour, status.equals("unhealthy") ? 503 : 200, body);
  }

  static Answer api(Behaviour behaviour) {
    boolean well = "ok".equals(behaviour.healthChecks().getOrDefault("database", "ok"));
    var body = Json.of("status", well ? "ok" : "error");
    body.put("database", well ? "healthy" : "unhealthy");
    body.put("responseTime", 12);
    if (!well) {
      body.put("error", "Can't reach database server");
    }
    return answer(behaviour, well ? 200 : 503, body);
  }

  private static Answer answer(Behaviour behaviour, int honest, Object body) {
    boolean always = behaviour.healthStyle() == Behaviour.HealthStyle.ALWAYS_200;
    return Answer.json(always ? 200 : honest, body);
  }

  private static String worst(Behaviour behaviour) {
    var all = behaviour.healthChecks().values();
    return all.contains("error") ? "error" : all.contains("degraded") ? "degraded" : "ok";
  }
}
