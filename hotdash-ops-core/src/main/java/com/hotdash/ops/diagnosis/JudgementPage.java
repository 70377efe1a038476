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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a judgement looks to a person: what matters at 3 a.m. is on the first screen. */
final class JudgementPage {
  // Where somebody tried to look and was kept from it, that comes before all else.
  private static final Set<Why> HINDERED = EnumSet.of(Why.UNREACHABLE, Why.NOT_PERMITTED);

  private JudgementPage() {}

  static Page of(Judgement judged, UnaryOperator<String> typed) {
    var page = Page.builder().heading(1, judged.title());
    page.fact("Estate", judged.estate().toString());
    page.callout(tone(judged.verdict()), judged.verdict().name(), judged.headline());
    next(judged).map(typed).ifPresent(line -> page.fact("Next", line));
    if (!judged.notChecked().isEmpty()) {
      page.fact(
          "Not checked",
          judged.notChecked().stream()
              .map(each -> each.what())
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    findings(page, judged);
    if (!judged.changes().isEmpty()) {
      page.heading(2, "What changed");
      page.bullets(judged.changes().stream().map(Object::toString).toList());
    }
    recommendations(page, judged);
    if (!judged.contraindications().isEmpty()) {
      page.heading(2, "Do not");
      page.bullets(
          judged.contraindications().stream()
              .map(each -> each.what() + ": " + each.because())
              .toList());
    }
    if (!judged.notChecked().isEmpty()) {
      page.heading(2, "Not checked");
      page.bullets(judged.notChecked().stream().map(Object::toString).toList());
    }
    details(page, judged);
    evidence(page, judged);
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
  private static Optional<String> next(Judgement judged) {
    if (judged.verdict() == Verdict.OK) {
      return judged.next();
    }
    var line = judged.next();
    if (judged.verdict() == Verdict.UNKNOWN) {
      line = remedy(judged, HINDERED::contains).or(() -> judged.next());
    }
    // What nobody configured is mostly optional: it is named where nothing else stands in the way.
    return line.or(() -> advice(judged))
        .or(() -> remedy(judged, why -> why != Why.NOT_CONFIGURED))
        .or(() -> remedy(judged, why -> true));
  }

  private static Optional<String> advice(Judgement judged) {
    return judged.recommendations().stream().map(each -> each.what()).findFirst();
  }

  private static Optional<String> remedy(Judgement judged, Predicate<Why> which) {
    return judged.notChecked().stream()
        .filter(each -> which.test(each.why()))
        .map(each -> each.remedy())
        .findFirst();
  }

  /** Troubles one by one, in full; what is in order as a list. No line is cut: pids matter. */
  private static void findings(Page.Builder page, Judgement judged) {
    if (judged.findings().isEmpty()) {
      return;
    }
    page.heading(2, "Findings");
    for (var finding : judged.findings()) {
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
        judged.findings().stream()
            .filter(finding -> finding.verdict() == Verdict.OK)
            .map(finding -> "OK: " + finding.summary())
            .toList());
  }

  private static void recommendations(Page.Builder page, Judgement judged) {
    if (judged.recommendations().isEmpty()) {
      return;
    }
    page.heading(2, "Do");
    for (var each : judged.recommendations()) {
      page.bullets(List.of(each.what() + ": " + each.because()));
      if (!each.line().isBlank()) {
        page.code(each.line().startsWith("ops.") ? "java" : "sql", each.line());
      }
    }
  }

  /** Far down, because they are long; whoever looks for them finds them under a name. */
  private static void details(Page.Builder page, Judgement judged) {
    for (var finding : judged.findings()) {
      if (!finding.details().isEmpty()) {
        page.heading(2, "Details of " + finding.id());
        page.code("", String.join("\n", finding.details()));
      }
    }
  }

  private static void evidence(Page.Builder page, Judgement judged) {
    var evidence =
        judged.findings().stream()
            .flatMap(finding -> finding.evidence().stream())
            .distinct()
            .toList();
    if (evidence.isEmpty()) {
      return;
    }
    page.heading(2, "Evidence");
    page.bullets(evidence.stream().map(JudgementPage::line).distinct().toList());
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
