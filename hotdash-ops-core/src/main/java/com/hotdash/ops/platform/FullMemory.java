package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Machines whose memory is nearly full. */
final class FullMemory implements PlatformSymptom {
  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String AT_MOST = "memory_share_at_most";

  private final double atMost;

  private FullMemory(double atMost) {
    this.atMost = atMost;
  }

  static Map<String, String> goal(Resources resources, AilmentLimits limits) {
    double full = limits.memoryShare();
    return resources.machines().stream().anyMatch(each -> each.memoryShare().orElse(0) > full)
        ? Map.of(AT_MOST, Double.toString(full))
        : Map.of();
  }

  static Optional<PlatformSymptom> of(Map<String, String> goal) {
    return Optional.ofNullable(goal.get(AT_MOST))
        .map(share -> new FullMemory(Double.parseDouble(share)));
  }

  @Override
  public String goal() {
    return String.format(
        Locale.ROOT, "each machine uses at most %.0f %% of its memory", 100 * atMost);
  }

  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    var machines = look.machines();
    var read = look.resources(WINDOW);
    if (!(machines instanceof Reading.Read<Machines> fleet)) {
      return Reading.unread(machines.obstacle().orElseThrow());
    }
    if (!(read instanceof Reading.Read<Resources> measured)) {
      return Reading.unread(read.obstacle().orElseThrow());
    }
    var shares = new HashMap<String, Double>();
    var oldest = measured.evidence().observedAt();
    for (var each : measured.value().machines()) {
      if (each.memoryShare().isPresent()) {
        shares.put(each.machine(), each.memoryShare().getAsDouble());
        oldest = earlier(oldest, each.memoryUsed());
      }
    }
    var missing =
        fleet.value().running().stream()
            .map(Machine::id)
            .filter(each -> !shares.containsKey(each))
            .toList();
    double most = shares.values().stream().mapToDouble(share -> share).max().orElse(0);
    if (most <= atMost && !missing.isEmpty()) {
      return PlatformSymptom.tooLittle(
          "memory", "that of " + missing.get(0) + " was not measured yet", "wait a minute");
    }
    var summary = String.format(Locale.ROOT, "memory is used to %.0f %% at most", 100 * most);
    return Reading.of(
        new Measurement(most > atMost, summary, Map.of("most memory", most)),
        measured.evidence().withValue(summary).withDataAt(oldest));
  }

  private static Instant earlier(Instant one, List<MachineResources.Used> points) {
    var newest = points.get(points.size() - 1).at();
    return newest.isBefore(one) ? newest : one;
  }
}
