package com.hotdash.ops.procedure;

import static java.util.stream.Collectors.joining;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.diagnosis.TriageReport.Ranked;
import com.hotdash.ops.evidence.Verdict;
import java.util.List;

/**
 * What came of a scene, as it stands in {@code scenes.txt}: the incidents that are problems, in the
 * order of triage; those that nobody can tell; and of the first one the findings that are problems,
 * its first recommendation and what must not be done.
 */
record SceneOutcome(
    String scene, String problems, String unknown, String findings, String first, String doNot) {
  static SceneOutcome of(WholeScene scene) {
    return of(scene.name(), WholeWorld.triage(scene.world().diagnoses()));
  }

  static SceneOutcome of(String scene, TriageReport triage) {
    var first = triage.first();
    return new SceneOutcome(
        scene,
        incidents(triage, Verdict.PROBLEM),
        incidents(triage, Verdict.UNKNOWN),
        first.map(SceneOutcome::problems).orElse("-"),
        first.map(Diagnosis::recommendations).stream()
            .flatMap(List::stream)
            .findFirst()
            .map(Recommendation::id)
            .orElse("-"),
        first.map(Diagnosis::contraindications).stream()
            .flatMap(List::stream)
            .map(Contraindication::id)
            .collect(joining(" ")));
  }

  private static String incidents(TriageReport triage, Verdict verdict) {
    return triage.ranked().stream()
        .map(Ranked::diagnosis)
        .filter(each -> each.verdict() == verdict)
        .map(each -> each.incident().id())
        .collect(joining(" "));
  }

  private static String problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(Finding::id)
        .distinct()
        .collect(joining(" "));
  }

  @Override
  public String toString() {
    return String.join(
        " | ",
        List.of(
            scene, blank(problems), blank(unknown), blank(findings), blank(first), blank(doNot)));
  }

  private static String blank(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
