package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a diagnosis looks to a person: what matters at 3 a.m. is on the first screen. */
final class DiagnosisPage {
  // Where somebody tried to look and was kept from it, that comes before all else.
  private static final Set<Why> HINDERED = EnumSet.of(Why.UNREACHABLE, Why.NOT_PERMITTED);

  private DiagnosisPage() {}

  static Page of(Diagnosis diagnosis) {
    var page = Page.builder().heading(1, diagnosis.incident().title());
    page.fact("Estate", diagnosis.estate().toString());
    page.callout(tone(diagnosis.verdict()), diagnosis.verdict().name(), diagnosis.headline());
    next(diagnosis).ifPresent(line -> page.fact("Next", line));
    if (!diagnosis.notChecked().isEmpty()) {
      page.fact(
          "Not checked",
          diagnosis.notChecked().stream()
              .map(each -> each.what())
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    findings(page, diagnosis);
    if (!diagnosis.changes().isEmpty()) {
      page.heading(2, "What changed");
      page.bullets(diagnosis.changes().stream().map(Object::toString).toList());
    }
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
    details(page, diagnosis);
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

  /** What is not well or not known has a next thing to do, if only by hand or by looking again. */
  private static Optional<String> next(Diagnosis diagnosis) {
    if (diagnosis.verdict() == Verdict.OK) {
      return diagnosis.next();
    }
    var line = diagnosis.next();
    if (diagnosis.verdict() == Verdict.UNKNOWN) {
      line = remedy(diagnosis, HINDERED::contains).or(() -> diagnosis.next());
    }
    return line.or(() -> advice(diagnosis)).or(() -> remedy(diagnosis, why -> true));
  }

  private static Optional<String> advice(Diagnosis diagnosis) {
    return diagnosis.recommendations().stream().map(each -> each.what()).findFirst();
  }

  private static Optional<String> remedy(Diagnosis diagnosis, Predicate<Why> which) {
    return diagnosis.notChecked().stream()
        .filter(each -> which.test(each.why()))
        .map(each -> each.remedy())
        .findFirst();
  }

  /** Troubles one by one, in full; what is in order as a list. No line is cut: pids matter. */
  private static void findings(Page.Builder page, Diagnosis diagnosis) {
    if (diagnosis.findings().isEmpty()) {
      return;
    }
    page.heading(2, "Findings");
    for (var finding : diagnosis.findings()) {
      if (finding.verdict() != Verdict.OK) {
        var severity = finding.severity().name().toLowerCase(Locale.ROOT);
        page.callout(
            tone(finding.verdict()),
            finding.verdict().name(),
            finding.verdict() == Verdict.PROBLEM
                ? severity + ": " + finding.summary()
                : finding.summary());
      }
    }
    page.bullets(
        diagnosis.findings().stream()
            .filter(finding -> finding.verdict() == Verdict.OK)
            .map(finding -> "OK: " + finding.summary())
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

  /** Far down, because they are long; whoever looks for them finds them under a name. */
  private static void details(Page.Builder page, Diagnosis diagnosis) {
    for (var finding : diagnosis.findings()) {
      if (!finding.details().isEmpty()) {
        page.heading(2, "Details of " + finding.id());
        page.code("", String.join("\n", finding.details()));
      }
    }
  }

  private static void evidence(Page.Builder page, Diagnosis diagnosis) {
    var evidence =
        diagnosis.findings().stream()
            .flatMap(finding -> finding.evidence().stream())
            .distinct()
            .toList();
    if (evidence.isEmpty()) {
      return;
    }
    page.heading(2, "Evidence");
    page.bullets(evidence.stream().map(DiagnosisPage::line).distinct().toList());
    var byHand =
        evidence.stream()
            .flatMap(each -> Stream.ofNullable(each.byHand()))
            .distinct()
            .collect(Collectors.joining("\n"));
    if (!byHand.isEmpty()) {
      page.paragraph("The same by hand:").code("sh", byHand);
    }
  }

  private static String line(Evidence evidence) {
    var coverage = evidence.coverage();
    return evidence.value()
        + " — "
        + evidence.source()
        + (coverage == null ? "" : " (" + coverage + ")");
  }
}
