package com.hotdash.ops.testkit.fly;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the platform itself reports of a running machine. One that is down reports nothing. */
final class PlatformSeries {
  private PlatformSeries() {}

  static void report(MetricStore store, MachineState machine, Instant now) {
    var labels = labels(machine.handle, Map.of());
    store.set("fly_instance_up", labels, 1, now);
    double bytes = Guests.memoryMb(machine.current.config()) * 1024.0 * 1024;
    // The kernel keeps a little for itself.
    store.set("fly_instance_memory_mem_total", labels, Math.floor(bytes * 0.96), now);
  }

  static void silence(MetricStore store, FlyMachine machine, Instant now) {
    store.forget(
        labels ->
            machine.id().equals(labels.get("instance"))
                && String.valueOf(labels.get("__name__")).startsWith("fly_instance_"),
        now);
  }

  static Map<String, String> labels(FlyMachine machine, Map<String, String> more) {
    var labels = new TreeMap<>(more);
    labels.put("app", machine.app());
    labels.put("region", machine.region());
    labels.put("instance", machine.id());
    labels.put("host", machine.id().substring(0, 4));
    return labels;
  }
}
