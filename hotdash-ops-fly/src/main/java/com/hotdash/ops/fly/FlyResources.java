package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory and processor time out of the metrics that Fly keeps, in two requests: one range for
 * memory, one question about now for all of the processor's ({@code facts/fly.md} §17). Fly allows
 * three at once, and others ask it as well.
 */
record FlyResources(AppCalls calls, FlyMetrics metrics) {
  private static final Duration NOW = Duration.ofMinutes(5);
  private static final Duration LEAST_STEP = Duration.ofMinutes(1);
  private static final int POINTS = 60;
  private static final String MEMORY = "fly_instance_memory_mem_";

  Reading<Resources> over(Duration window, Supplier<List<Machine>> list, Deadline limit) {
    var gaps = new ArrayList<String>();
    var failures = new ArrayList<OpsException>();
    var memory = part("memory", () -> memory(window, limit), gaps, failures);
    var cpu = part("cpu", () -> cpu(window, limit), gaps, failures);
    if (memory.isEmpty() && cpu.isEmpty()) {
      throw failures.get(0);
    }
    var measured = new TreeMap<String, Measured>();
    memory.ifPresent(answer -> answer.series().forEach(one -> of(measured, one).memory(one)));
    cpu.ifPresent(answer -> answer.series().forEach(one -> of(measured, one).state(one)));
    measured.remove(""); // what is about no single machine
    var there = part("which machines there are", list, gaps, new ArrayList<>());
    there.ifPresent(machines -> missing(measured, machines, gaps));
    if (measured.isEmpty()) {
      return Reading.unread(
          new NotChecked(
              "memory and cpu by the platform",
              Why.TOO_LITTLE_DATA,
              "Fly has no measurement of any machine of " + calls.app() + said(gaps),
              "look at fly dashboard metrics -a " + calls.app()));
    }
    var all = new ArrayList<MachineResources>();
    measured.forEach((id, one) -> all.add(one.of(id)));
    return Reading.of(new Resources(window, all), evidence(all, window, gaps));
  }

  private static String said(List<String> gaps) {
    return gaps.isEmpty() ? "" : ": " + String.join("; ", gaps);
  }

  private static <T> Optional<T> part(
      String what, Supplier<T> look, List<String> gaps, List<OpsException> failures) {
    try {
      return Optional.of(look.get());
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      gaps.add(what + " was not read: " + e.problem());
      failures.add(e);
      return Optional.empty();
    }
  }

  private MetricAnswer memory(Duration window, Deadline limit) {
    var until = calls.time().now().truncatedTo(ChronoUnit.SECONDS);
    var step = Duration.ofSeconds(window.dividedBy(POINTS).toSeconds());
    step = step.compareTo(LEAST_STEP) < 0 ? LEAST_STEP : step;
    return metrics.range(memoryQuery(), until.minus(window), until, step, limit);
  }

  private String memoryQuery() {
    return "{__name__=~\"%s(total|available)\",app=\"%s\"}".formatted(MEMORY, escapedApp());
  }

  private MetricAnswer cpu(Duration window, Deadline limit) {
    var app = calls.app();
    var app2 = escapedApp();
    var whole = Duration.ofSeconds(Math.max(60, window.toSeconds()));
    var query =
        String.join(
            " or ",
            named("cores", FlyQuestion.CORES_IN_USE.promql(app, NOW)),
            named(
                "throttled", "max by (instance) (" + FlyQuestion.THROTTLED.promql(app, NOW) + ")"),
            named("baseline", gauge("fly_instance_cpu_baseline", app2)),
            named("balance", gauge("fly_instance_cpu_balance", app2) + " / 100"),
            named("oom", FlyQuestion.OUT_OF_MEMORY.promql(app, whole)));
    return metrics.query(query, "", limit);
  }

  private static String gauge(String name, String app) {
    return "max by (instance) (%s{app=\"%s\"})".formatted(name, app);
  }

  /** A question within a larger one: its answers carry a name to know them by. */
  static String named(String name, String promql) {
    return "label_replace(%s, \"what\", \"%s\", \"\", \"\")".formatted(promql, name);
  }

  private String escapedApp() {
    return calls.app().replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** What is gone is not told; what is there and was not measured is named. */
  private static void missing(
      Map<String, Measured> measured, List<Machine> machines, List<String> gaps) {
    var ours = machines.stream().filter(Machine::managed).toList();
    var ids = ours.stream().map(Machine::id).toList();
    int before = measured.size();
    measured.keySet().retainAll(ids);
    if (measured.size() < before) {
      gaps.add((before - measured.size()) + " left out that are gone, or not our fleet");
    }
    var without = ours.stream().filter(each -> !measured.containsKey(each.id())).toList();
    if (!without.isEmpty()) {
      gaps.add(
          "not measured: "
              + String.join(
                  ", ",
                  without.stream()
                      .limit(5)
                      .map(each -> each.id() + " (" + each.state().value() + ")")
                      .toList())
              + (without.size() > 5 ? " and " + (without.size() - 5) + " more" : ""));
    }
  }

  private Evidence evidence(List<MachineResources> all, Duration window, List<String> gaps) {
    var most = all.stream().mapToDouble(each -> each.memoryShare().orElse(-1)).max().orElse(-1);
    var value =
        all.size()
            + " machines measured"
            + (most < 0 ? "" : String.format(Locale.ROOT, ", memory at most %.0f %%", 100 * most));
    var newest =
        all.stream()
            .flatMap(each -> each.memoryUsed().stream())
            .map(MachineResources.Used::at)
            .max(Instant::compareTo)
            .orElse(null);
    var evidence =
        Evidence.of(value, "Fly's metrics of " + calls.app(), calls.time().now())
            .withSample(window, all.stream().mapToLong(each -> each.memoryUsed().size()).sum())
            .withByHand(memoryQuery() + "; in Grafana: fly dashboard metrics -a " + calls.app());
    evidence = newest == null ? evidence : evidence.withDataAt(newest);
    return gaps.isEmpty() ? evidence : evidence.withCoverage(String.join("; ", gaps));
  }

  private static Measured of(Map<String, Measured> all, MetricAnswer.Series series) {
    return all.computeIfAbsent(series.instance(), id -> new Measured());
  }

  /** What was measured of one machine. */
  private static final class Measured {
    private final TreeMap<Instant, Double> total = new TreeMap<>();
    private final TreeMap<Instant, Double> available = new TreeMap<>();
    private final Map<String, Double> state = new TreeMap<>();

    void memory(MetricAnswer.Series series) {
      var into =
          switch (series.labels().getOrDefault("__name__", "")) {
            case MEMORY + "total" -> total;
            case MEMORY + "available" -> available;
            default -> null;
          };
      if (into != null) {
        series.points().stream()
            .filter(point -> Double.isFinite(point.value()) && point.value() >= 0)
            .forEach(point -> into.put(point.at(), point.value()));
      }
    }

    void state(MetricAnswer.Series series) {
      double value = series.points().get(series.points().size() - 1).value();
      if (Double.isFinite(value)) {
        state.merge(series.labels().getOrDefault("what", ""), Math.max(0, value), Math::max);
      }
    }

    MachineResources of(String id) {
      var used = new ArrayList<MachineResources.Used>();
      available.forEach(
          (at, free) -> {
            var whole = total.get(at);
            if (whole != null && whole >= free) {
              used.add(new MachineResources.Used(at, Math.round(whole - free)));
            }
          });
      var throttled = state.get("throttled");
      var balance = state.get("balance");
      var oom = state.get("oom");
      return new MachineResources(
          id,
          total.isEmpty() ? null : (Long) Math.round(total.lastEntry().getValue()),
          used,
          state.get("cores"),
          state.get("baseline"),
          throttled == null ? null : (Double) Math.min(1, throttled),
          balance == null ? null : duration(balance),
          oom == null ? null : (Boolean) (oom > 0));
    }

    private static @Nullable Duration duration(double seconds) {
      return Duration.ofMillis(Math.round(Math.min(seconds, 1e9) * 1000));
    }
  }
}
