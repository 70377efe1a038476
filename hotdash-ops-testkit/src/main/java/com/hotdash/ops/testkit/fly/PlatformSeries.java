package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.fly.MetricStore.Growth;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the platform itself reports of a running machine: memory, processor time and the balance of
 * a shared cpu. One that is down reports nothing, but that it ended.
 */
final class PlatformSeries {
  private static final double MB = 1024.0 * 1024;
  // A shared cpu may use 6.25 % of a core for ever, and more for up to 500 s: facts, fly §9.
  private static final double SHARED_BASELINE = 0.0625;
  private static final double FULL_BALANCE = 500 * 100.0;
  private static final double USUAL_MEMORY = 400 * MB;
  private static final double LEAST_MEMORY = 8 * MB;

  private PlatformSeries() {}

  /** What a machine is busy with, however often it boots. */
  record Load(double cores, double leakPerMinute, boolean exhausted) {
    static final Load NONE = new Load(0, 0, false);
  }

  static void report(MetricStore store, MachineState machine, Instant now) {
    var labels = labels(machine.handle, Map.of());
    store.set("fly_instance_up", labels, 1, now);
    // The kernel keeps a little for itself.
    double total = Math.floor(Guests.memoryMb(machine.current.config()) * MB * 0.96);
    store.set("fly_instance_memory_mem_total", labels, total, now);
    var leak = Growth.steady(-machine.load.leakPerMinute() / 60, LEAST_MEMORY, total);
    double free = total - Math.min(USUAL_MEMORY, total * 0.3);
    store.set("fly_instance_memory_mem_available", labels, free, leak, now);
    cpu(store, machine, now);
  }

  /** While the balance lasts it gets what it wants; then only the baseline, and is held back. */
  static void cpu(MetricStore store, MachineState machine, Instant now) {
    var labels = labels(machine.handle, Map.of());
    var config = machine.current.config();
    int cpus = Guests.cpus(config);
    double wanted = Math.min(cpus, machine.load.cores());
    double baseline = Guests.shared(config) ? cpus * SHARED_BASELINE : cpus;
    double balance = machine.load.exhausted() ? 0 : FULL_BALANCE * cpus;
    double over = wanted - baseline;
    var empty = over > 0 ? now.plusMillis((long) (balance / over * 10)) : Instant.MAX;
    store.set("fly_instance_cpu_baseline", labels, baseline, now);
    var spent = Growth.steady(-over * 100, 0, FULL_BALANCE * cpus);
    store.set("fly_instance_cpu_balance", labels, balance, spent, now);
    double share = over > 0 ? over / wanted : 0;
    store.set("fly_instance_cpu_throttle", labels, 0, counter(0, empty, share * 100), now);
    for (int i = 0; i < cpus; i++) {
      double before = wanted / cpus * 100;
      double after = Math.min(wanted, baseline) / cpus * 100;
      mode(store, machine, i, "user", counter(before * 0.8, empty, after * 0.8), now);
      mode(store, machine, i, "system", counter(before * 0.2, empty, after * 0.2), now);
      mode(store, machine, i, "idle", counter(100 - before, empty, 100 - after), now);
    }
  }

  /** Memory that is lost from now on; what is lost already stays so. */
  static void leak(MetricStore store, MachineState machine, Instant now) {
    store.growth(
        "fly_instance_memory_mem_available",
        labels(machine.handle, Map.of()),
        Growth.steady(-machine.load.leakPerMinute() / 60, LEAST_MEMORY, Double.MAX_VALUE),
        now);
  }

  private static Growth counter(double perSecond, Instant turn, double then) {
    return new Growth(perSecond, turn, then, 0, Double.MAX_VALUE);
  }

  private static void mode(
      MetricStore store, MachineState machine, int cpu, String mode, Growth growth, Instant now) {
    var labels = labels(machine.handle, Map.of("cpu_id", Integer.toString(cpu), "mode", mode));
    store.set("fly_instance_cpu", labels, 0, growth, now);
  }

  static void ended(MetricStore store, FlyMachine machine, int code, boolean oom, Instant now) {
    var labels = labels(machine, Map.of());
    store.once("fly_instance_exit_code", labels, code, now);
    store.once("fly_instance_exit_oom", labels, oom ? 1 : 0, now);
  }

  static void used(MetricStore store, FlyMachine machine, double bytes, Instant now) {
    store.lower(
        "fly_instance_memory_mem_available", labels(machine, Map.of()), bytes, LEAST_MEMORY, now);
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
