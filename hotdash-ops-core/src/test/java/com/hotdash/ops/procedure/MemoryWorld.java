package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.logs;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.machines;
import static com.hotdash.ops.procedure.FleetWorld.read;
import static com.hotdash.ops.procedure.FleetWorld.release;

import com.hotdash.ops.app.AppMetrics;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.MachineMetrics;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.metrics.MetricsReader;
import com.hotdash.ops.metrics.Scrape;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.MachineResources.Used;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fleet of two machines that want for nothing; each field can be made worse. */
final class MemoryWorld {
  static final long MB = 1 << 20;
  static final long TOTAL = 2_000 * MB;

  Reading<Machines> machines = read(machines(machine("m1"), machine("m2")));
  Reading<Resources> resources = read(resources(calm("m1"), calm("m2")));
  Reading<AppWindow> metrics = read(window(0.02, 40, 1_000));
  Reading<LogSummary> logs = logs();
  Reading<List<Release>> releases = read(List.of(release(117, 9_000), release(118, 3_000)));
  Reading<Sessions> sessions = read(new Sessions(List.of(), 12, NOW));
  Reading<Connectivity> database = FleetWorld.database();
  Reading<ShopAnswer> shop = FleetWorld.shop(ShopTrouble.NONE);
  final Set<ReadingKey<?>> notConfigured = new HashSet<>();

  Observation seen() {
    var seen = Observation.at(NOW);
    with(seen, PlatformLook.MACHINES, machines);
    with(seen, PlatformLook.RESOURCES, resources);
    with(seen, AppReader.METRICS, metrics);
    with(seen, PlatformLook.LOGS, logs);
    with(seen, PlatformLook.RELEASES, releases);
    with(seen, DatabaseLook.SESSIONS, sessions);
    with(seen, DatabaseLook.CONNECTIVITY, database);
    with(seen, ShopLook.ANSWER, shop);
    return seen.build();
  }

  private <T> void with(Observation.Builder seen, ReadingKey<T> key, Reading<T> reading) {
    if (!notConfigured.contains(key)) {
      seen.with(key, reading);
    }
  }

  Diagnosis diagnose() {
    return new MemoryCpuIssuesProcedure(MemoryCpuIssuesThresholds.DEFAULT)
        .diagnose(seen(), new Estate("production", List.of()));
  }

  static Resources resources(MachineResources... machines) {
    return new Resources(Duration.ofHours(3), List.of(machines));
  }

  static MachineResources calm(String machine) {
    return memory(machine, line(180, 700, 0));
  }

  static MachineResources memory(String machine, List<Used> used) {
    return new MachineResources(
        machine, TOTAL, used, 0.1, 0.125, 0.0, Duration.ofMinutes(8), false);
  }

  static MachineResources cpu(
      String machine,
      @Nullable Double cores,
      @Nullable Double baseline,
      @Nullable Double throttled,
      @Nullable Duration balance) {
    return new MachineResources(
        machine, TOTAL, line(180, 700, 0), cores, baseline, throttled, balance, false);
  }

  /** A point every five minutes up to now, which stands at so many MB at the end. */
  static List<Used> line(int minutes, double endsAtMb, double mbPerHour) {
    return line(minutes, 0, endsAtMb, mbPerHour);
  }

  /** A point every five minutes, from and to so many minutes ago; every other one 1 MB higher. */
  static List<Used> line(int from, int to, double endsAtMb, double mbPerHour) {
    var points = new ArrayList<Used>();
    for (int ago = from; ago >= to; ago -= 5) {
      double mb = endsAtMb - mbPerHour * (ago - to) / 60.0 + (ago / 5 % 2);
      points.add(new Used(ago(ago), Math.round(mb * MB)));
    }
    return points;
  }

  static List<Used> then(List<Used> first, List<Used> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** Both machines the same: seconds of lag, open files, of at most so many. */
  static AppWindow window(double lag, int open, int most) {
    return new AppWindow(
        metrics(lag, open, most, -10), metrics(lag, open, most, 0), MetricNames.hotdash());
  }

  private static AppMetrics metrics(double lag, int open, int most, int second) {
    var body =
        """
        nodejs_eventloop_lag_p99_seconds %s
        process_open_fds %d
        process_max_fds %d
        nodejs_active_handles_total %d
        process_start_time_seconds 1763000000
        """
            .formatted(lag, open, most, 40 + second);
    var at = NOW.plusSeconds(second);
    var machines = new ArrayList<MachineMetrics>();
    for (var id : List.of("m1", "m2")) {
      var scrape =
          MetricsReader.standard()
              .read(
                  new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                  "text/plain; version=0.0.4",
                  "test",
                  at)
              .map(read -> new Scrape(id, read, at, Duration.ofSeconds(second).toNanos()));
      var instance = new Instance(id, Map.of("fly-force-instance-id", id), null, null);
      machines.add(new MachineMetrics(instance, scrape));
    }
    return new AppMetrics(machines, null, at);
  }
}
