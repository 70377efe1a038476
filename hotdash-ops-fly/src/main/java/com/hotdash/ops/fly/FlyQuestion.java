package com.hotdash.ops.fly;

import java.time.Duration;

/** Questions about an app that Fly's own metrics answer. */
public enum FlyQuestion {
  /** Requests a second, seen by the edge. */
  REQUESTS("sum(rate(fly_edge_http_responses_count{app=\"$A\"}[$W]))", "requests/s", 300),
  /** The share of requests that were answered 5xx, seen by the edge. */
  ERROR_RATIO(
      "sum(rate(fly_edge_http_responses_count{app=\"$A\",status=~\"5..\"}[$W]))"
          + " / sum(rate(fly_edge_http_responses_count{app=\"$A\"}[$W]))",
      "of requests",
      300),
  /** The time within which 95 % of requests are answered, seen by the edge. */
  P95_AT_EDGE(
      "histogram_quantile(0.95, sum by (le)"
          + " (rate(fly_edge_http_response_time_seconds_bucket{app=\"$A\"}[$W])))",
      "s",
      300),
  /** The time within which 95 % of requests are answered, for each machine. */
  P95_BY_MACHINE(
      "histogram_quantile(0.95, sum by (le, instance)"
          + " (rate(fly_app_http_response_time_seconds_bucket{app=\"$A\"}[$W])))",
      "s",
      300),
  /** The share of memory in use, for each machine. */
  MEMORY_USED(
      "1 - fly_instance_memory_mem_available{app=\"$A\"} / fly_instance_memory_mem_total{app=\"$A\"}",
      "of memory",
      300),
  /** Cores in use, for each machine. */
  CORES_IN_USE(
      "sum by (instance) (rate(fly_instance_cpu{app=\"$A\",mode!=\"idle\"}[$W])) / 100",
      "cores",
      300),
  /** How much the cpu is held back for want of burst balance, for each machine. */
  THROTTLED("rate(fly_instance_cpu_throttle{app=\"$A\"}[$W]) / 100", "of a core", 300),
  /** Whether the kernel killed a process for want of memory: 1 if so, for each machine. */
  OUT_OF_MEMORY(
      "max by (instance) (max_over_time(fly_instance_exit_oom{app=\"$A\"}[$W]))", "", 3600),
  /** Requests or connections at once, for each machine. */
  CONCURRENCY("sum by (instance) (fly_app_concurrency{app=\"$A\"})", "at once", 300),
  /** The share of file descriptors in use, for each machine. */
  FILE_DESCRIPTORS(
      "fly_instance_filefd_allocated{app=\"$A\"} / fly_instance_filefd_maximum{app=\"$A\"}",
      "of descriptors",
      300),
  /** The share of the root disk in use, for each machine. */
  ROOT_DISK_USED(
      "1 - fly_instance_filesystem_blocks_avail{app=\"$A\",mount=\"/\"}"
          + " / fly_instance_filesystem_blocks{app=\"$A\",mount=\"/\"}",
      "of the disk",
      300);

  private final String template;
  private final String unit;
  private final int windowSeconds;

  FlyQuestion(String template, String unit, int windowSeconds) {
    this.template = template;
    this.unit = unit;
    this.windowSeconds = windowSeconds;
  }

  /**
   * Returns the span that the question looks back over, unless another one is given.
   *
   * @return an hour for running out of memory, else five minutes
   */
  public Duration defaultWindow() {
    return Duration.ofSeconds(windowSeconds);
  }

  /**
   * Returns the unit of the answer.
   *
   * @return the unit; empty for a truth value
   */
  public String unit() {
    return unit;
  }

  /**
   * Returns the query.
   *
   * @param app the app's name, escaped by us
   * @param window the span to look back over, at least 1 s; fractions of a second are cut off
   * @return PromQL
   */
  public String promql(String app, Duration window) {
    var name = app.replace("\\", "\\\\").replace("\"", "\\\"");
    return template.replace("$W", window.toSeconds() + "s").replace("$A", name);
  }
}
