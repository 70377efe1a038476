package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.List;
import java.util.stream.Collectors;

/** How a diagnosis looks to a person: what matters at 3 a.m. is on the first screen. */
final class DiagnosisPage {
  private DiagnosisPage() {}

  static Page of(Diagnosis diagnosis) {
    var page = Page.builder().heading(1, diagnosis.incident().title());
    page.fact("Estate", diagnosis.estate().toString());
    page.callout(tone(diagnosis.verdict()), diagnosis.verdict().name(), headline(diagnosis));
    diagnosis.next().ifPresent(line -> page.fact("Next", line));
    if (!diagnosis.notChecked().isEmpty()) {
      page.fact(
          "Not checked",
          diagnosis.notChecked().stream()
              .map(each -> each.what())
              .collect(Collectors.joining("; ")));
    }
    findings(page, diagnosis);
    recommendations(page, diagnosis);
    if (!diagnosis.contraindications().isEmpty()) {
      page.heading(2, "Do not");
      page.bullets(
          diagnosis.contraindications().stream()
              .map(each -> each.what() + ": " + each.because())
              .toList());
    }
    if (!diagnosis.notChecked().isEmpty()) {
      page.heading(2, "Not checked");
      page.bullets(diagnosis.notChecked().stream().map(Object::toString).toList());
    }
    evidence(page, diagnosis);
    return page.build();
  }

  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case PROBLEM -> Tone.BAD;
      case UNKNOWN -> Tone.UNSURE;
      case OK -> Tone.GOOD;
    };
  }

  private static String headline(Diagnosis diagnosis) {
    return switch (diagnosis.verdict()) {
      case PROBLEM -> diagnosis.findings().get(0).summary();
      case UNKNOWN ->
          diagnosis.findings().stream()
              .filter(finding -> finding.verdict() == Verdict.UNKNOWN)
              .map(Finding::summary)
              .findFirst()
              .orElse("not everything could be looked at");
      case OK -> "looked at " + diagnosis.findings().size() + " things, nothing is wrong";
    };
  }

  private static void findings(Page.Builder page, Diagnosis diagnosis) {
    page.heading(2, "Findings");
    page.table(
        List.of(Column.text("Verdict"), Column.text("Severity"), Column.text("Finding")),
        diagnosis.findings().stream()
            .map(
                finding ->
                    List.of(
                        finding.verdict().name(),
                        finding.verdict() == Verdict.PROBLEM ? finding.severity().name() : "",
                        finding.summary()))
            .toList());
  }

  private static void recommendations(Page.Builder page, Diagnosis diagnosis) {
    if (diagnosis.recommendations().isEmpty()) {
      return;
    }
    page.heading(2, "Do");
    for (var each : diagnosis.recommendations()) {
      page.bullets(List.of(each.what() + ": " + each.because()));
      if (!each.line().isBlank()) {
        page.code(each.line().startsWith("ops.") ? "java" : "sql", each.line());
      }
    }
  }

  private static void evidence(Page.Builder page, Diagnosis diagnosis) {
    var rows =
        diagnosis.findings().stream()
            .flatMap(finding -> finding.evidence().stream().map(each -> row(finding, each)))
            .distinct()
            .toList();
    if (!rows.isEmpty()) {
      page.heading(2, "Evidence");
      page.table(
          List.of(
              Column.text("Finding"),
              Column.text("Read"),
              Column.text("Where"),
              Column.text("By hand")),
          rows);
    }
  }

  private static List<String> row(Finding finding, Evidence evidence) {
    var coverage = evidence.coverage();
    var byHand = evidence.byHand();
    return List.of(
        finding.id(),
        evidence.value(),
        evidence.source() + (coverage == null ? "" : " (" + coverage + ")"),
        byHand == null ? "" : byHand);
  }
}
