package com.hotdash.ops.metrics;

import java.util.List;

/**
 * How an application calls its metrics. Of several names the first that is exported counts.
 *
 * @param requests counters of requests by status, such as {@code http_requests_total}
 * @param durations histograms of request times in seconds, without {@code _bucket}
 * @param statusLabels labels that tell how a request ended
 * @param routeLabels labels that tell which route was asked for
 * @param probes routes that monitoring asks for; what begins with one of them and {@code /} as well
 * @param cacheHits the counter of cache hits
 * @param cacheMisses the counter of cache misses
 * @param cacheLabel the label that names the cache
 * @param apiCalls the counter of calls to the shop's API
 * @param apiDurations the histogram of their times in seconds, without {@code _bucket}
 * @param operationLabel the label that names the operation
 */
public record MetricNames(
    List<String> requests,
    List<String> durations,
    List<String> statusLabels,
    List<String> routeLabels,
    List<String> probes,
    String cacheHits,
    String cacheMisses,
    String cacheLabel,
    String apiCalls,
    String apiDurations,
    String operationLabel) {
  /** Copies the lists. */
  public MetricNames {
    requests = List.copyOf(requests);
    durations = List.copyOf(durations);
    statusLabels = List.copyOf(statusLabels);
    routeLabels = List.copyOf(routeLabels);
    probes = List.copyOf(probes);
  }

  /**
   * Returns HotDash's own names first, and those of express-prom-bundle and Micrometer after.
   *
   * @return the names
   */
  public static MetricNames hotdash() {
    return new MetricNames(
        List.of(
            "http_requests_total",
            "http_request_duration_seconds_count",
            "http_server_requests_seconds_count"),
        List.of("http_request_duration_seconds", "http_server_requests_seconds"),
        List.of(
            "status_code",
            "status",
            "code",
            "http_status",
            "http_response_status_code",
            "outcome",
            "error_type"),
        List.of("route", "path", "uri", "http_route"),
        List.of(
            "/health",
            "/healthz",
            "/api/health",
            "/api/monitoring/health",
            "/metrics",
            "/ready",
            "/readyz",
            "/livez",
            "/ping",
            "/actuator"),
        "cache_hits_total",
        "cache_misses_total",
        "cache_name",
        "shopify_api_calls_total",
        "shopify_api_duration_seconds",
        "operation");
  }

  String status(Labels labels) {
    return first(labels, statusLabels);
  }

  String route(Labels labels) {
    return Routes.template(first(labels, routeLabels));
  }

  boolean probe(Labels labels) {
    var route = first(labels, routeLabels);
    int query = route.indexOf('?');
    var path = query < 0 ? route : route.substring(0, query);
    return probes.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"));
  }

  boolean routed(Labels labels) {
    return routeLabels.stream().anyMatch(name -> labels.get(name) != null);
  }

  private static String first(Labels labels, List<String> names) {
    for (var name : names) {
      var value = labels.get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }
}
