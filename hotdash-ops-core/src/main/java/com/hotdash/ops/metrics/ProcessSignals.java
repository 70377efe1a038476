package com.hotdash.ops.metrics;

import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one process says of itself. What it does not export is {@code null}, never 0.
 *
 * @param instance which machine
 * @param residentBytes memory as the kernel counts it
 * @param heapUsedBytes heap in use
 * @param heapTotalBytes heap taken from the system
 * @param cpuShare CPU seconds a second between two scrapes; 1 is one core
 * @param eventLoopLagP99Seconds how late the event loop is, at its 99th percentile
 * @param gcShare share of time spent collecting garbage between two scrapes
 * @param activeHandles open handles
 * @param activeRequests requests of the runtime that are under way
 * @param openFds open file descriptors
 * @param maxFds the most it may open
 * @param nodeVersion the runtime's version
 */
public record ProcessSignals(
    String instance,
    @Nullable Double residentBytes,
    @Nullable Double heapUsedBytes,
    @Nullable Double heapTotalBytes,
    @Nullable Double cpuShare,
    @Nullable Double eventLoopLagP99Seconds,
    @Nullable Double gcShare,
    @Nullable Double activeHandles,
    @Nullable Double activeRequests,
    @Nullable Double openFds,
    @Nullable Double maxFds,
    @Nullable String nodeVersion) {
  private static final double MEGA = 1 << 20;

  /**
   * Reads the gauges of one scrape; what needs two scrapes is absent.
   *
   * @param scrape the scrape
   * @return the signals
   */
  public static ProcessSignals of(Scrape scrape) {
    return of(scrape, Increases.between(List.of(), List.of()));
  }

  /**
   * Reads the gauges of one scrape, and what grew since the one before.
   *
   * @param scrape the later scrape of a machine
   * @param increases what grew on it, and maybe on others
   * @return the signals
   */
  public static ProcessSignals of(Scrape scrape, Increases increases) {
    var read = scrape.exposition();
    var cpu = rate(increases, scrape.instance(), "process_cpu_seconds_total");
    if (cpu == null) {
      var user = rate(increases, scrape.instance(), "process_cpu_user_seconds_total");
      var system = rate(increases, scrape.instance(), "process_cpu_system_seconds_total");
      cpu = user == null || system == null ? null : Double.valueOf(user + system);
    }
    return new ProcessSignals(
        scrape.instance(),
        gauge(read, "process_resident_memory_bytes"),
        gauge(read, "nodejs_heap_size_used_bytes"),
        gauge(read, "nodejs_heap_size_total_bytes"),
        cpu,
        gauge(read, "nodejs_eventloop_lag_p99_seconds"),
        rate(increases, scrape.instance(), "nodejs_gc_duration_seconds_sum"),
        total(read, "nodejs_active_handles"),
        total(read, "nodejs_active_requests"),
        gauge(read, "process_open_fds"),
        gauge(read, "process_max_fds"),
        find(read, "nodejs_version_info").stream()
            .findFirst()
            .map(sample -> sample.labels().get("version"))
            .orElse(null));
  }

  private static List<Sample> find(Exposition read, String name) {
    var samples = read.samples(name);
    if (!samples.isEmpty()) {
      return samples;
    }
    // Names may have a prefix of the application's own.
    return read.byName().keySet().stream()
        .filter(other -> other.endsWith("_" + name))
        .findFirst()
        .map(read::samples)
        .orElse(List.of());
  }

  private static @Nullable Double gauge(Exposition read, String name) {
    return find(read, name).stream()
        .map(Sample::value)
        .filter(Double::isFinite)
        .findFirst()
        .orElse(null);
  }

  /** The sum over types: some versions tell the kinds of handle apart, and have a total beside. */
  private static @Nullable Double total(Exposition read, String name) {
    var whole = gauge(read, name + "_total");
    var samples = find(read, name).stream().map(Sample::value).filter(Double::isFinite).toList();
    return whole != null || samples.isEmpty()
        ? whole
        : Double.valueOf(samples.stream().mapToDouble(Double::doubleValue).sum());
  }

  private static @Nullable Double rate(Increases increases, String instance, String name) {
    var grown = increases.of(name).stream().filter(one -> one.instance().equals(instance)).toList();
    return grown.isEmpty()
        ? null
        : Double.valueOf(grown.stream().mapToDouble(Increase::perSecond).sum());
  }

  @Override
  public String toString() {
    return Page.builder()
        .paragraph("process on " + instance + (nodeVersion == null ? "" : ", node " + nodeVersion))
        .fact("resident memory", size(residentBytes))
        .fact("heap used of total", size(heapUsedBytes) + " of " + size(heapTotalBytes))
        .fact("CPU", percent(cpuShare) + " of one core")
        .fact("event loop lag p99", number(eventLoopLagP99Seconds, " s"))
        .fact("garbage collection", percent(gcShare))
        .fact(
            "active handles, requests",
            number(activeHandles, "") + ", " + number(activeRequests, ""))
        .fact("open files of most", number(openFds, "") + " of " + number(maxFds, ""))
        .build()
        .toString();
  }

  private static String size(@Nullable Double bytes) {
    return bytes == null ? "absent" : String.format(Locale.ROOT, "%,.0f MB", bytes / MEGA);
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "absent" : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static String number(@Nullable Double value, String unit) {
    return value == null ? "absent" : Numbers.text(value) + unit;
  }
}
