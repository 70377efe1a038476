package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The command lines that lead on. What the library says of it are Java calls. */
final class NextLines {
  // Whoever reads a triage sees to one after the other, and asks again between.
  private static final int MOST = 3;

  private static final String JAVA = "ops.";

  private NextLines() {}

  static List<String> pending(String execution) {
    return List.of(Invocation.resume(execution), Invocation.giveUp(execution));
  }

  /**
   * What to type after a diagnosis that is not OK: where it leads, or the same look with more time.
   *
   * @param within how long this look could take
   */
  static List<String> afterDiagnosis(Diagnosis diagnosis, Duration within) {
    if (diagnosis.verdict() == Verdict.OK) {
      return List.of();
    }
    var lines = new LinkedHashSet<String>();
    diagnosis.recommendations().stream()
        .map(Recommendation::line)
        .flatMap(line -> typed(line).stream())
        .forEach(lines::add);
    if (lines.isEmpty()) {
      lines.add(Invocation.check());
      again(Invocation.diagnose(diagnosis.incident()), within, diagnosis.notChecked(), lines);
    }
    return List.copyOf(lines);
  }

  /** The next thing to do of a triage, where the library names a Java line. */
  static String next(TriageReport report, Diagnosis diagnosis, String line) {
    if (!line.startsWith(JAVA)) {
      return line;
    }
    return report.verdict() == Verdict.UNKNOWN
        ? Invocation.check()
        : Invocation.diagnose(diagnosis.incident());
  }

  /**
   * The next thing to do of a diagnosis, where the library names a Java line.
   *
   * @param plans what is shown below it, best first
   */
  static String next(List<Plan> plans, String line) {
    var best = plans.stream().filter(Plans::applicable).findFirst();
    if (!line.startsWith(JAVA)) {
      return line;
    }
    return best.map(
            plan ->
                plan.objections().isEmpty()
                    ? "read plan " + plan.digest() + " below; the last line here applies it"
                    : "see what speaks against plan " + plan.digest() + " below")
        .or(() -> typed(line))
        .orElse(line);
  }

  /** What is only not configured is not seen by looking for longer. */
  private static void again(
      String line, Duration within, List<NotChecked> gaps, Collection<String> lines) {
    if (gaps.isEmpty() || gaps.stream().anyMatch(gap -> gap.why() != Why.NOT_CONFIGURED)) {
      lines.add(within.compareTo(Invocation.LONGER) < 0 ? Invocation.longer(line) : line);
    }
  }

  /**
   * What to type after a triage: the incidents in its order, each of which shows its plans. Where
   * none is seen, an incident alone would tell no more.
   *
   * @param within how long this look could take
   */
  static List<String> afterTriage(TriageReport report, Duration within) {
    if (report.verdict() == Verdict.UNKNOWN) {
      var lines = new ArrayList<>(List.of(Invocation.check()));
      again(Invocation.triage(), within, report.notChecked(), lines);
      return lines;
    }
    return report.ranked().stream()
        .map(TriageReport.Ranked::diagnosis)
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(each -> Invocation.diagnose(each.incident()))
        .limit(MOST)
        .toList();
  }

  /** The command for a Java call that this command line has as well. */
  private static Optional<String> typed(String line) {
    if (line.equals("ops.triage()")) {
      return Optional.of(Invocation.triage());
    }
    if (line.equals("ops.checkAccess()")) {
      return Optional.of(Invocation.check());
    }
    return Arrays.stream(Incident.values())
        .filter(each -> line.equals("ops." + each.method() + "().diagnose()"))
        .map(Invocation::diagnose)
        .findFirst();
  }

  /**
   * @param command what led to the plan
   * @param overridden the objections that were overridden already, and must be again
   * @param journal reads what is pending, if that is what stands in the way
   */
  static List<String> afterApply(
      RefusedException refused,
      String command,
      String digest,
      Set<String> overridden,
      Supplier<List<ExecutionRecord>> journal) {
    var lines = new ArrayList<String>();
    for (var objection : refused.objections()) {
      if (objection.name().equals("pending-execution")) {
        journal.get().stream()
            .map(ExecutionRecord::id)
            .filter(id -> objection.reason().contains("execution " + id + " "))
            .forEach(id -> lines.addAll(pending(id)));
      }
    }
    if (refused.objections().stream().noneMatch(Objection::hard)) {
      var despite = new LinkedHashSet<>(overridden);
      refused.objections().forEach(objection -> despite.add(objection.name()));
      lines.add(Invocation.apply(command, digest, despite));
    }
    return lines;
  }

  static List<String> afterRecovery(RefusedException refused, String execution) {
    var names = refused.objections().stream().map(Objection::name).toList();
    if (names.contains("not-pending")) {
      return List.of(Invocation.pending());
    }
    return names.contains("target-moved") ? List.of(Invocation.giveUp(execution)) : List.of();
  }

  static void print(Console console, String lead, List<String> lines) {
    if (!lines.isEmpty()) {
      console.print(lead);
      lines.forEach(line -> console.print("  " + line));
    }
  }
}
