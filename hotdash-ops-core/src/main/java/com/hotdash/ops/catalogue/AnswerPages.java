package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Judgement;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How answers look to a person: the line and its fault first, then what was found. */
final class AnswerPages {
  private AnswerPages() {}

  static Page of(Answer.Read read) {
    var page = read.line().head().append(read.readings());
    return gaps(page, read.gaps()).build();
  }

  static Page of(Answer.Judged judged) {
    var page = judged.line().head();
    if (judged.findings().isEmpty()) {
      judged
          .verdict()
          .filter(each -> each != judged.diagnosis().verdict())
          .ifPresent(
              each ->
                  page.callout(
                      tone(each),
                      each.name(),
                      "nothing seen answers this line, and not everything could be looked at"));
      return page.append(judged.diagnosis().page()).build();
    }
    findings(page, judged.findings());
    return rest(page, judged.diagnosis(), judged.findings()).build();
  }

  static Page of(Answer.Advised advised) {
    var page = advised.line().head();
    var diagnosis = advised.diagnosis();
    if (diagnosis == null) {
      return page.build();
    }
    page.fact("Advice", advised.advice());
    findings(page, advised.numbers());
    return rest(page, diagnosis, advised.numbers()).build();
  }

  static Page of(Answer.NotChecked answer) {
    var page = answer.line().head();
    page.callout(Tone.UNSURE, Verdict.UNKNOWN.name(), "could not look");
    return gaps(page, answer.obstacles()).build();
  }

  static Page of(Answer.Incomplete answer) {
    var page = answer.line().head();
    var diagnosis = answer.diagnosis();
    var first = answer.missing().get(0);
    page.callout(
        Tone.UNSURE,
        Verdict.UNKNOWN.name(),
        diagnosis == null
            ? "nothing was planned: " + first.name() + " is missing"
            : "nothing was planned: the diagnosis recommends none, and "
                + first.name()
                + " was not given");
    page.bullets(answer.missing().stream().map(Object::toString).toList());
    page.code("java", line(answer));
    return diagnosis == null ? page.build() : rest(page, diagnosis, List.of()).build();
  }

  private static String line(Answer.Incomplete answer) {
    return "Runbook.line(\""
        + answer.line().id()
        + "\").invoke(ops, Map.of("
        + answer.missing().stream()
            .map(each -> "\"" + each.name() + "\", \"" + each.example() + "\"")
            .collect(Collectors.joining(", "))
        + "))";
  }

  /** What a program may want besides: the plan or the diagnosis in full. */
  static Report parts(Answer answer, Report report) {
    if (answer instanceof Answer.Planned planned) {
      return report.withPart("plan", Report.of(planned.plan()));
    }
    if (answer instanceof Answer.Judged judged) {
      return report
          .withPart("diagnosis", Report.of(judged.diagnosis()))
          .with("findings", judged.findings().stream().map(Finding::id).toList());
    }
    if (answer instanceof Answer.Advised advised) {
      var more = report.with("advice", advised.advice());
      var diagnosis = advised.diagnosis();
      return diagnosis == null ? more : more.withPart("diagnosis", Report.of(diagnosis));
    }
    if (answer instanceof Answer.NotChecked not) {
      return report.with("notChecked", not.obstacles().stream().map(AnswerPages::data).toList());
    }
    if (answer instanceof Answer.Read read) {
      return report
          .with("text", read.readings().toString())
          .with("notChecked", read.gaps().stream().map(AnswerPages::data).toList());
    }
    var missing = ((Answer.Incomplete) answer).missing();
    return report.with("missing", missing.stream().map(Argument::name).toList());
  }

  private static Map<String, Object> data(com.hotdash.ops.evidence.NotChecked gap) {
    return Map.of(
        "what", gap.what(),
        "why", gap.why().name(),
        "detail", gap.detail(),
        "remedy", gap.remedy());
  }

  private static void findings(Page.Builder page, List<Finding> findings) {
    for (var finding : findings) {
      page.callout(tone(finding.verdict()), finding.verdict().name(), finding.summary());
      if (!finding.details().isEmpty()) {
        page.code("", String.join("\n", finding.details()));
      }
    }
    var evidence = findings.stream().flatMap(each -> each.evidence().stream()).distinct().toList();
    if (!evidence.isEmpty()) {
      page.heading(2, "Evidence").bullets(evidence.stream().map(Object::toString).toList());
    }
  }

  /** What the diagnosis says besides: what to do, what not, what it did not see. */
  private static Page.Builder rest(Page.Builder page, Judgement diagnosis, List<Finding> told) {
    if (told.isEmpty()) {
      page.callout(tone(diagnosis.verdict()), diagnosis.verdict().name(), diagnosis.headline());
    }
    if (!diagnosis.recommendations().isEmpty()) {
      page.heading(2, "Do");
      for (var each : diagnosis.recommendations()) {
        page.bullets(List.of(each.what() + ": " + each.because()));
        if (!each.line().isBlank()) {
          page.code(each.line().startsWith("ops.") ? "java" : "", each.line());
        }
      }
    }
    if (!diagnosis.contraindications().isEmpty()) {
      page.heading(2, "Do not");
      page.bullets(
          diagnosis.contraindications().stream()
              .map(each -> each.what() + ": " + each.because())
              .toList());
    }
    return gaps(page, diagnosis.notChecked());
  }

  private static Page.Builder gaps(
      Page.Builder page, List<com.hotdash.ops.evidence.NotChecked> gaps) {
    if (!gaps.isEmpty()) {
      page.heading(2, "Not checked").bullets(gaps.stream().map(Object::toString).toList());
    }
    return page;
  }

  private static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case PROBLEM -> Tone.BAD;
      case UNKNOWN -> Tone.UNSURE;
      case OK -> Tone.GOOD;
    };
  }
}
