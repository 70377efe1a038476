package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "pending",
    description =
        "Lists the executions that crashed, were stopped, or have a step of unknown outcome.")
final class PendingCommand extends AnsweringCommand {

  PendingCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    var pending = ops.pending();
    if (json()) {
      console()
          .json(
              Report.of(page(pending), Map.of("kind", "pending"))
                  .with("executions", pending.stream().map(PendingCommand::data).toList()));
    } else {
      console().print(page(pending));
      pending.forEach(
          each ->
              NextLines.print(
                  console(),
                  "To go on with " + each.id() + ", or to close it as it stands:",
                  NextLines.pending(each.id())));
    }
    return pending.isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
  }

  private static Page page(List<ExecutionRecord> pending) {
    var page = Page.builder().heading(1, "Pending executions");
    if (pending.isEmpty()) {
      return page.callout(Tone.GOOD, "OK", "every execution in the journal is over").build();
    }
    page.callout(Tone.BAD, "PROBLEM", pending.size() + " not over");
    pending.forEach(each -> page.code("", each.toString()));
    return page.build();
  }

  private static Map<String, Object> data(ExecutionRecord each) {
    var started = each.started();
    var data = new LinkedHashMap<String, Object>();
    data.put("id", each.id());
    data.put("action", started.proposal().action());
    data.put("target", started.proposal().target().label());
    data.put("by", started.who());
    data.put("at", started.at().toString());
    data.put("text", each.toString());
    data.put("resume", Invocation.resume(each.id()));
    data.put("giveUp", Invocation.giveUp(each.id()));
    return data;
  }
}
