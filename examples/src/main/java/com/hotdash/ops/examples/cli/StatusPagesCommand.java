package com.hotdash.ops.examples.cli;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.text.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "status-pages",
    description = "Reads the vendors' status pages. Weak evidence: they lag the trouble.")
final class StatusPagesCommand extends AnsweringCommand {
  StatusPagesCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    var pages = ops.statusPages().read();
    if (json()) {
      console()
          .json(
              Report.of(page(pages), Map.of("kind", "status-pages"))
                  .with("pages", pages.entrySet().stream().map(StatusPagesCommand::data).toList()));
    } else {
      console().print(page(pages));
    }
    return ExitCode.of(
        Verdict.rollUp(pages.values().stream().map(StatusPagesCommand::verdict).toList()));
  }

  private static Verdict verdict(Reading<PageStatus> page) {
    return page.toOptional()
        .map(
            status ->
                switch (status.relevant()) {
                  case OPERATIONAL -> status.incidents().isEmpty() ? Verdict.OK : Verdict.PROBLEM;
                  case UNKNOWN -> Verdict.UNKNOWN;
                  case MAINTENANCE, DEGRADED, PARTIAL_OUTAGE, MAJOR_OUTAGE -> Verdict.PROBLEM;
                })
        .orElse(Verdict.UNKNOWN);
  }

  private static Page page(Map<String, Reading<PageStatus>> pages) {
    var page = Page.builder().heading(1, "Vendors' status pages");
    pages
        .values()
        .forEach(each -> page.callout(Verdicts.tone(verdict(each)), word(each), text(each)));
    return page.paragraph("Weak: vendors' pages lag the trouble, and say nothing of small ones.")
        .build();
  }

  private static String word(Reading<PageStatus> page) {
    return verdict(page).name();
  }

  private static String text(Reading<PageStatus> page) {
    return page.toOptional()
        .map(PageStatus::toString)
        .or(() -> page.obstacle().map(NotChecked::toString))
        .orElse("");
  }

  private static Map<String, Object> data(Map.Entry<String, Reading<PageStatus>> page) {
    var data = new LinkedHashMap<String, Object>();
    data.put("page", page.getKey());
    data.put("verdict", word(page.getValue()));
    page.getValue()
        .toOptional()
        .ifPresent(
            status -> {
              data.put("level", status.relevant().name());
              data.put("address", status.address());
            });
    data.put("text", text(page.getValue()));
    return data;
  }
}
