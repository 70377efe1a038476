package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Verification.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What ails the application when a change of its platform is planned. It goes into the change's
 * goal as data, so that the same is measured again after the change, also by another process: a
 * fleet that stands as planned is no cure of slow answers.
 */
final class Ailments {
  private static final Duration LOGS = Duration.ofMinutes(10);
  // A minute's counts change slowly, and each look asks several services.
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Map<String, String> goal = new TreeMap<>();
  private final List<String> gaps = new ArrayList<>();

  private Ailments() {}

  /** Finds what ails machines and those who ask them. */
  static Ailments ofMachines(
      Machines machines, Evidence seen, PlatformLook look, AilmentLimits limits) {
    var found = new Ailments();
    found.goal.putAll(FailingChecks.goal(machines));
    found.goal.putAll(ProcessEnds.goal(machines, seen.observedAt(), limits));
    found
        .read("memory", look.resources(FullMemory.WINDOW))
        .ifPresent(each -> found.goal.putAll(FullMemory.goal(each, limits)));
    return found.and(ofAnswers(look, limits));
  }

  /** Finds whether answers are slow, and nothing else. */
  static Ailments ofAnswers(PlatformLook look, AilmentLimits limits) {
    var found = new Ailments();
    found
        .read("answer times", look.answerTimes(SlowEdge.BEFORE))
        .ifPresent(each -> found.goal.putAll(SlowEdge.goal(each, limits)));
    return found;
  }

  /** Finds which logins are refused. */
  static Ailments ofSecrets(Machines machines, PlatformLook look) {
    var found = new Ailments();
    found.goal.putAll(FailingChecks.goal(machines));
    found
        .read("refused logins", look.logs(LOGS, List.of()))
        .ifPresent(each -> found.goal.putAll(RefusedLogins.goal(each)));
    return found;
  }

  /**
   * What nobody can look at, or saw too little of, is not measured afterwards: the plan says so.
   */
  private <T> Optional<T> read(String what, Reading<T> reading) {
    reading
        .obstacle()
        .filter(each -> each.why() != Why.TOO_LITTLE_DATA && each.why() != Why.NOT_CONFIGURED)
        .ifPresent(
            each ->
                gaps.add(
                    "Verifying measures no "
                        + what
                        + ", which could not be seen: "
                        + each.detail()
                        + "."));
    return reading.toOptional();
  }

  private Ailments and(Ailments more) {
    goal.putAll(more.goal);
    gaps.addAll(more.gaps);
    return this;
  }

  Map<String, String> goal() {
    return goal;
  }

  List<String> gaps() {
    return gaps;
  }

  /** Makes the symptoms of a goal. */
  static List<PlatformSymptom> symptoms(Map<String, String> goal) {
    return Stream.of(
            FailingChecks.of(goal),
            ProcessEnds.of(goal),
            FullMemory.of(goal),
            SlowEdge.of(goal),
            RefusedLogins.of(goal))
        .flatMap(Optional::stream)
        .toList();
  }

  /** What is measured over some time needs so much more. */
  static Patience patience(Patience least, Duration window) {
    return window.isZero()
        ? least
        : new Patience(
            least.hold(),
            least.within().plus(window),
            least.every().compareTo(EVERY) < 0 ? EVERY : least.every());
  }

  /** Over how much time the slowest of them is measured. */
  static Duration window(Map<String, String> goal) {
    return symptoms(goal).stream()
        .map(PlatformSymptom::window)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
