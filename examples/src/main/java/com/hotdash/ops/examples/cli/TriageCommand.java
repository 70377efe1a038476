package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "triage",
    description = "Finds out which incident it is: judges all by one look. Changes nothing.")
final class TriageCommand extends AnsweringCommand {
  @Option(
      names = "--within",
      paramLabel = "<time>",
      defaultValue = "20s",
      converter = DurationConverter.class,
      description = "How long the look may take. Default: ${DEFAULT-VALUE}.")
  private Duration within = RunbookProcedures.TRIAGE_WITHIN;

  private String told = "";

  TriageCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    var report = ops.triage(within, this::tell);
    var next = NextLines.afterTriage(report, within);
    if (json()) {
      console().json(Report.of(report).with("next", next));
    } else {
      console().print(report.page((each, line) -> NextLines.next(report, each, line)));
      NextLines.print(
          console(),
          report.verdict() == Verdict.PROBLEM
              ? "Next, on this command line, the first of these; it shows the plan:"
              : "Next, on this command line:",
          next);
    }
    return ExitCode.of(report.verdict());
  }

  /** Nobody stares at an empty screen, or at the same line again; it is no result yet. */
  private synchronized void tell(TriageReport soFar) {
    var line =
        EnumSet.allOf(Verdict.class).stream()
            .map(verdict -> line(soFar, verdict))
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining("; ", "so far: ", ""));
    if (!line.equals(told)) {
      told = line;
      console().note(line);
    }
  }

  private static String line(TriageReport soFar, Verdict verdict) {
    var incidents =
        soFar.ranked().stream()
            .map(TriageReport.Ranked::diagnosis)
            .filter(each -> each.verdict() == verdict)
            .map(each -> each.incident().id())
            .collect(Collectors.joining(", "));
    return incidents.isEmpty() ? "" : verdict + " " + incidents;
  }
}
