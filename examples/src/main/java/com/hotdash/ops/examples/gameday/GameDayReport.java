package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a game day came to: a summary that fits a screen, and all of it as a report. */
final class GameDayReport {
  private final List<String> where;
  private final List<DrillResult> results;

  GameDayReport(List<String> where, List<DrillResult> results) {
    this.where = List.copyOf(where);
    this.results = List.copyOf(results);
  }

  /** Returns 0 just when every incident ended verified. */
  int exitCode() {
    return !results.isEmpty() && results.stream().allMatch(DrillResult::verified) ? 0 : 1;
  }

  private Set<Incident> incidents() {
    var all = EnumSet.noneOf(Incident.class);
    results.forEach(result -> all.add(result.drill().incident()));
    return all;
  }

  /** Counts the incidents of which every drill ended verified. */
  private long verified() {
    return incidents().stream()
        .filter(
            each ->
                results.stream()
                    .filter(result -> result.drill().incident() == each)
                    .allMatch(DrillResult::verified))
        .count();
  }

  /** Returns the table of all drills. */
  Page summary() {
    long harmed = results.stream().mapToLong(DrillResult::harmed).sum();
    var figures =
        verified()
            + " of "
            + incidents().size()
            + (incidents().size() == 1 ? " incident was" : " incidents were")
            + " named by triage, cured and verified in "
            + results.size()
            + (results.size() == 1 ? " drill" : " drills")
            + "; the cures got in "
            + (harmed == 0 ? "nobody's way" : "somebody's way " + harmed + " times");
    return Page.builder()
        .callout(
            exitCode() == 0 ? Tone.GOOD : Tone.BAD,
            exitCode() == 0 ? "VERIFIED" : "FAILED",
            figures)
        .table(
            List.of(
                Column.text("Incident"),
                Column.number("Found in"),
                Column.text("Cure"),
                Column.text("Verified"),
                Column.number("Harmed")),
            results.stream().map(GameDayReport::row).toList())
        .build();
  }

  private static List<String> row(DrillResult result) {
    var took = result.diagnosedIn();
    var verification = result.verification();
    return List.of(
        Told.name(result.drill()),
        took == null ? "" : Told.seconds(took),
        result.cure(),
        verification == null ? "none" : verification.result().name(),
        Long.toString(result.harmed()));
  }

  /** Returns everything: the summary, and for each incident what was seen, planned and done. */
  Report report() {
    var lead = Page.builder().fact("Where", String.join("; ", where)).append(summary()).build();
    return Report.of("Game day", lead, results.stream().map(GameDayReport::part).toList())
        .with("verified", exitCode() == 0)
        .with("where", where);
  }

  private static Report part(DrillResult result) {
    var parts = new ArrayList<Report>();
    var first = result.first();
    if (first != null) {
      parts.add(Report.of(first));
    }
    for (var round : result.rounds()) {
      parts.add(Report.of(round.plan()));
      parts.add(Report.of(round.execution()));
    }
    var verification = result.verification();
    if (verification != null) {
      parts.add(Report.of(verification));
    }
    return Report.of(Told.name(result.drill()), lead(result), parts)
        .with("incident", result.drill().incident().id())
        .with("verified", result.verified())
        .with("failures", result.failures())
        .with("bystander", result.bystander())
        .with("looks", result.looks())
        .with("fared", result.fared())
        .with("harmed", result.harmed());
  }

  private static Page lead(DrillResult result) {
    var page = Page.builder().paragraph(result.drill().story());
    if (result.verified()) {
      page.callout(Tone.GOOD, "VERIFIED", result.cure());
    }
    result.failures().forEach(why -> page.callout(Tone.BAD, "FAILED", why));
    result.looks().forEach(page::fact);
    var last = result.last();
    if (last != null) {
      page.fact("Diagnosed again after the cure", last.verdict().name());
    }
    page.fact(result.bystander(), result.fared());
    result.plots().forEach(page::plot);
    return page.build();
  }
}
