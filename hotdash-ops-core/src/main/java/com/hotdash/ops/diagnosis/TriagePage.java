package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Cut;
import com.hotdash.ops.text.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** How a triage looks to a person: which incident it is, on one screen. */
final class TriagePage {
  private static final int HEADLINE = 60;
  private static final List<Column> COLUMNS =
      List.of(
          Column.number(""),
          Column.text("incident"),
          Column.number("verdict"),
          Column.text("what"));

  private TriagePage() {}

  static Page of(TriageReport report, BiFunction<Diagnosis, String, String> next) {
    var page = begin(report, next);
    for (var each : report.ranked()) {
      if (each.diagnosis().verdict() == Verdict.PROBLEM) {
        page.append(each.diagnosis().page(line -> next.apply(each.diagnosis(), line)));
      }
    }
    if (!report.notChecked().isEmpty()) {
      page.heading(2, "Not checked by any");
      page.bullets(report.notChecked().stream().map(Object::toString).toList());
    }
    return page.build();
  }

  static Page screen(TriageReport report) {
    return begin(report, (diagnosis, line) -> line).build();
  }

  private static Page.Builder begin(
      TriageReport report, BiFunction<Diagnosis, String, String> next) {
    var page = Page.builder().heading(1, "Which incident is it?");
    page.fact("Estate", report.estate().toString());
    page.callout(JudgementPage.tone(report.verdict()), report.verdict().name(), headline(report));
    report
        .next()
        .map(line -> next.apply(subject(report), line))
        .ifPresent(line -> page.fact("Next", line));
    if (!report.notChecked().isEmpty()) {
      page.fact(
          "Not checked",
          report.notChecked().stream()
              .map(each -> each.what())
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    if (!report.shared().isEmpty()) {
      page.bullets(
          report.shared().stream()
              .map(each -> each.what() + " (" + ids(each.incidents()) + ")")
              .toList());
    }
    page.table(COLUMNS, rows(report));
    return page;
  }

  /** Whose next line it is. */
  private static Diagnosis subject(TriageReport report) {
    return report
        .first()
        .or(
            () ->
                report.ranked().stream()
                    .map(TriageReport.Ranked::diagnosis)
                    .filter(each -> each.verdict() == Verdict.UNKNOWN)
                    .findFirst())
        .orElseThrow();
  }

  private static String headline(TriageReport report) {
    if (!report.complete() && report.verdict() == Verdict.UNKNOWN) {
      return "no incident is seen so far; the look goes on";
    }
    return (report.complete() ? "" : "so far, the look goes on: ")
        + switch (report.verdict()) {
          case PROBLEM ->
              report
                  .first()
                  .map(each -> each.incident().title() + ": " + each.headline())
                  .orElseThrow();
          case UNKNOWN -> "no incident is seen, and not everything could be looked at";
          case OK -> "none of the " + report.ranked().size() + " incidents is there";
        };
  }

  private static List<List<String>> rows(TriageReport report) {
    var rows = new ArrayList<List<String>>();
    for (var each : report.ranked()) {
      var diagnosis = each.diagnosis();
      var what = shortened(diagnosis.headline());
      rows.add(
          List.of(
              diagnosis.incident().id(),
              diagnosis.incident().title(),
              diagnosis.verdict().name(),
              each.effectOf().isEmpty() ? what : "after " + ids(each.effectOf()) + ": " + what));
    }
    return rows;
  }

  private static String shortened(String text) {
    return Cut.line(text, HEADLINE);
  }

  private static String ids(List<Incident> incidents) {
    return incidents.stream().map(Incident::id).collect(Collectors.joining(", "));
  }
}
