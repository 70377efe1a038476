package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import com.hotdash.ops.text.Tone;
import java.util.ArrayList;
import java.util.List;

/** What a game day came to: a summary that fits a screen, and all of it as a report. */
final class GameDayReport {
  private final String where;
  private final List<DrillResult> results;

  GameDayReport(String where, List<DrillResult> results) {
    this.where = where;
    this.results = List.copyOf(results);
  }

  /** Returns 0 just when every incident ended verified. */
  int exitCode() {
    return !results.isEmpty() && results.stream().allMatch(DrillResult::verified) ? 0 : 1;
  }

  /** Returns the table of all incidents. */
  Page summary() {
    long verified = results.stream().filter(DrillResult::verified).count();
    long errors = results.stream().mapToLong(DrillResult::poolErrors).sum();
    var figures =
        verified
            + " of "
            + results.size()
            + " incidents were diagnosed, cured and verified; the healthy pool's user saw "
            + (errors == 0 ? "no error" : errors + " errors");
    return Page.builder()
        .callout(
            exitCode() == 0 ? Tone.GOOD : Tone.BAD,
            exitCode() == 0 ? "VERIFIED" : "FAILED",
            figures)
        .table(
            List.of(
                Column.text("Incident"),
                Column.text("Verdict"),
                Column.number("Found in"),
                Column.text("Cure"),
                Column.text("Verified"),
                Column.number("Errors")),
            results.stream().map(GameDayReport::row).toList())
        .build();
  }

  private static List<String> row(DrillResult result) {
    var first = result.first();
    var took = result.diagnosedIn();
    var verification = result.verification();
    return List.of(
        result.drill().title(),
        first == null ? "none" : first.verdict().name(),
        took == null ? "" : DrillRun.seconds(took),
        result.cure(),
        verification == null ? "none" : verification.result().name(),
        Long.toString(result.poolErrors()));
  }

  /** Returns everything: the summary, and for each incident what was seen, planned and done. */
  Report report() {
    var lead = Page.builder().fact("Where", where).append(summary()).build();
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
    return Report.of(result.drill().title(), lead(result), parts)
        .with("verified", result.verified())
        .with("failures", result.failures())
        .with("poolUses", result.poolUses())
        .with("poolErrors", result.poolErrors());
  }

  private static Page lead(DrillResult result) {
    var page = Page.builder().paragraph(result.drill().story());
    if (result.verified()) {
      page.callout(Tone.GOOD, "VERIFIED", result.cure());
    }
    result.failures().forEach(why -> page.callout(Tone.BAD, "FAILED", why));
    var last = result.last();
    if (last != null) {
      page.fact("Diagnosed again after the cure", last.verdict().name());
    }
    page.fact(
        "Healthy pool",
        result.poolUses() + " uses while this went on, " + result.poolErrors() + " errors");
    if (!result.samples().isEmpty()) {
      page.plot(plot(result));
    }
    return page.build();
  }

  private static Plot plot(DrillResult result) {
    var free = new ArrayList<Point>();
    var waiting = new ArrayList<Point>();
    for (var sample : result.samples()) {
      free.add(new Point(sample.at(), sample.freeSlots()));
      waiting.add(new Point(sample.at(), sample.waiting()));
    }
    return new Plot(
        "What the server looked like",
        "",
        List.of(Series.steps("free slots", free), Series.steps("waiting sessions", waiting)),
        result.markers());
  }
}
