package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "history",
    description = "Lists what was changed of late, by whom and why, with the id of each execution.")
final class HistoryCommand extends AnsweringCommand {
  private static final int MOST_HOURS = 24 * 90;
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("Began"),
          Column.text("Execution"),
          Column.text("By"),
          Column.text("What"),
          Column.text("Made"),
          Column.text("Why"));

  @Option(
      names = "--hours",
      paramLabel = "<n>",
      defaultValue = "12",
      description = "How far back to look, 1 to 2160. Default: ${DEFAULT-VALUE}.")
  private int hours = 12;

  HistoryCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    if (hours < 1 || hours > MOST_HOURS) {
      throw misuse("--hours wants a number from 1 to " + MOST_HOURS + ", not " + hours);
    }
    var records = ops.history(Time.SYSTEM.now().minus(Duration.ofHours(hours)));
    var noJournal = ops.noJournal();
    var page = Page.builder().heading(1, "Changes of the last " + hours + " h");
    noJournal.ifPresent(why -> page.callout(Tone.UNSURE, "UNKNOWN", why));
    if (records.isEmpty() && noJournal.isEmpty()) {
      page.paragraph("Nothing was changed by this runbook.");
    }
    if (!records.isEmpty()) {
      page.table(COLUMNS, records.stream().map(HistoryCommand::row).toList());
    }
    if (json()) {
      console()
          .json(
              Report.of(page.build(), Map.of("kind", "history"))
                  .with("executions", records.stream().map(HistoryCommand::data).toList()));
    } else {
      console().print(page.build());
      if (!records.isEmpty()) {
        var last = records.get(records.size() - 1);
        NextLines.print(
            console(),
            last.pending()
                ? "The last one is not over; where it stands:"
                : "To measure the last one again, or to plan taking it back:",
            last.pending()
                ? List.of(Invocation.pending())
                : List.of(Invocation.verify(last.id()), Invocation.undo(last.id())));
      }
    }
    return noJournal.isPresent() ? ExitCode.UNKNOWN : ExitCode.OK;
  }

  private static List<String> row(ExecutionRecord each) {
    var started = each.started();
    return List.of(
        started.at().truncatedTo(ChronoUnit.SECONDS).toString(),
        each.id(),
        started.who(),
        started.proposal().action(),
        made(each) + " of " + steps(each) + (each.pending() ? ", not over" : ""),
        started.because());
  }

  private static long made(ExecutionRecord each) {
    return each.outcomes().values().stream()
        .filter(outcome -> outcome.status() == StepOutcome.Status.DONE)
        .count();
  }

  private static int steps(ExecutionRecord each) {
    return each.started().proposal().steps().size();
  }

  private static Map<String, Object> data(ExecutionRecord each) {
    var started = each.started();
    var data = new LinkedHashMap<String, Object>();
    data.put("id", each.id());
    data.put("at", started.at().toString());
    data.put("by", started.who());
    data.put("because", started.because());
    data.put("action", started.proposal().action());
    data.put("target", started.proposal().target().label());
    data.put("made", made(each));
    data.put("steps", steps(each));
    data.put("over", !each.pending());
    return data;
  }
}
