package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The config of HotDash's machines in production. */
final class HotdashConfig {
  private HotdashConfig() {}

  static Map<String, @Nullable Object> of(FlyImage image, Optional<FlyRelease> release) {
    var metadata =
        Json.of(
            "fly_platform_version", "v2",
            "fly_process_group", "app",
            "fly_flyctl_version", "0.3.180");
    release.ifPresent(
        r -> {
          metadata.put("fly_release_id", r.id());
          metadata.put("fly_release_version", String.valueOf(r.version()));
        });
    var service =
        Json.of(
            "protocol",
            "tcp",
            "internal_port",
            3000,
            "autostop",
            "stop",
            "autostart",
            true,
            "min_machines_running",
            2,
            "ports",
            List.of(
                Json.of("port", 80, "handlers", List.of("http"), "force_https", true),
                Json.of("port", 443, "handlers", List.of("http", "tls"))),
            "checks",
            List.of(
                check("/health", "15s", "5s", "10s"),
                check("/api/monitoring/health", "30s", "10s", "15s")),
            "concurrency",
            Json.of("type", "connections", "soft_limit", 800, "hard_limit", 1000));
    return Json.of(
        "image", image.reference() + '@' + image.digest(),
        "env",
            Json.of(
                "FLY_PROCESS_GROUP", "app",
                "PRIMARY_REGION", "ord",
                "NODE_OPTIONS", "--max-old-space-size=2048",
                "DATABASE_POOL_SIZE", "10"),
        "guest", Json.of("cpu_kind", "shared", "cpus", 2, "memory_mb", 2048),
        "metadata", metadata,
        "init", Json.of(),
        "restart", Json.of("policy", "on-failure", "max_retries", 10),
        "services", List.of(service));
  }

  private static Object check(String path, String interval, String timeout, String grace) {
    return Json.of(
        "type",
        "http",
        "interval",
        interval,
        "timeout",
        timeout,
        "grace_period",
        grace,
        "method",
        "GET",
        "path",
        path);
  }
}
