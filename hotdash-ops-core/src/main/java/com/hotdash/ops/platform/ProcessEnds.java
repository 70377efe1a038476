package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Processes that end without being asked to, for want of memory or again and again. */
final class ProcessEnds implements PlatformSymptom {
  private static final String WINDOW = "no_end_within";
  private static final String LIVED = "lived_before";

  private static final Duration SHORTEST = Duration.ofMinutes(2);

  // Nobody waits longer for an answer at night.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Duration window;
  private final Duration lived;

  private ProcessEnds(Duration window, Duration lived) {
    this.window = window;
    this.lived = lived;
  }

  static Map<String, String> goal(Machines machines, Instant now, AilmentLimits limits) {
    var since = now.minus(limits.endsWithin());
    var lives =
        machines.all().stream()
            .map(each -> ends(each, since))
            .filter(each -> counts(each, limits.loop()))
            .map(each -> lived(each, now, limits.endsWithin()))
            .toList();
    if (lives.isEmpty()) {
      return Map.of();
    }
    var lived = lives.stream().max(Duration::compareTo).orElseThrow();
    var wanted = enough(lived);
    var window = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    return Map.of(
        WINDOW,
        (window.compareTo(LONGEST) > 0 ? LONGEST : window).toString(),
        LIVED,
        lived.toString());
  }

  private static boolean counts(List<MachineExit> ends, int loop) {
    return ends.size() >= loop || ends.stream().anyMatch(MachineExit::outOfMemory);
  }

  /** The longest that a process lived between two ends; after a single one nobody knows. */
  private static Duration lived(List<MachineExit> newestFirst, Instant now, Duration within) {
    var longest = Duration.between(newestFirst.get(0).at(), now);
    for (int i = 1; i < newestFirst.size(); i++) {
      var life = Duration.between(newestFirst.get(i).at(), newestFirst.get(i - 1).at());
      longest = life.compareTo(longest) > 0 ? life : longest;
    }
    return newestFirst.size() == 1 ? within : longest;
  }

  private static Duration enough(Duration lived) {
    return lived.multipliedBy(3).dividedBy(2);
  }

  private static List<MachineExit> ends(Machine machine, Instant since) {
    return machine.exits().stream()
        .filter(each -> !each.requested() && (each.outOfMemory() || each.code() != 0))
        .filter(each -> !each.at().isBefore(since))
        .sorted((a, b) -> b.at().compareTo(a.at()))
        .toList();
  }

  static Optional<PlatformSymptom> of(Map<String, String> goal) {
    return Optional.ofNullable(goal.get(WINDOW))
        .map(
            window ->
                new ProcessEnds(
                    Duration.parse(window), Duration.parse(goal.getOrDefault(LIVED, window))));
  }

  @Override
  public String goal() {
    return "no process ends by itself for " + window.toSeconds() + " s";
  }

  @Override
  public Duration window() {
    return window;
  }

  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    var read = look.machines();
    if (!(read instanceof Reading.Read<Machines> seen)) {
      return Reading.unread(read.obstacle().orElseThrow());
    }
    var since = seen.evidence().observedAt().minus(window);
    var ended = seen.value().all().stream().filter(each -> !ends(each, since).isEmpty()).toList();
    if (ended.isEmpty() && enough(lived).compareTo(window) > 0) {
      return PlatformSymptom.tooLittle(
          "ends of processes",
          "none in "
              + window.toMinutes()
              + " min, and before they came up to "
              + lived.toMinutes()
              + " min apart",
          "ops.watch(Duration.ofMinutes(" + enough(lived).toMinutes() + "))");
    }
    var summary =
        ended.isEmpty()
            ? "no process ended by itself for " + window.toSeconds() + " s"
            : "the process of "
                + ended.get(0).id()
                + " ended at "
                + Stamp.of(ended.get(0).exits().get(0).at());
    var measurement =
        new Measurement(
            !ended.isEmpty(), summary, Map.of("machines that ended", (double) ended.size()));
    return Reading.of(measurement, PlatformSymptom.over(window, seen.evidence(), measurement));
  }
}
