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
import java.util.Optional;
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
    var live = new LinkedHashMap<String, String>();
    pending.forEach(each -> ops.underWay(each).ifPresent(holder -> live.put(each.id(), holder)));
    var page = page(pending, live, ops.noJournal());
    if (json()) {
      console()
          .json(
              Report.of(page, Map.of("kind", "pending"))
                  .with("executions", pending.stream().map(each -> data(each, live)).toList()));
    } else {
      console().print(page);
      pending.stream()
          .filter(each -> !live.containsKey(each.id()))
          .forEach(
              each ->
                  NextLines.print(
                      console(),
                      "To go on with " + each.id() + ", or to close it as it stands:",
                      NextLines.pending(each.id())));
    }
    return !pending.isEmpty()
        ? ExitCode.PROBLEM
        : ops.noJournal().isPresent() ? ExitCode.UNKNOWN : ExitCode.OK;
  }

  private static Page page(
      List<ExecutionRecord> pending, Map<String, String> live, Optional<String> noJournal) {
    var page = Page.builder().heading(1, "Pending executions");
    if (pending.isEmpty() && noJournal.isPresent()) {
      return page.callout(Tone.UNSURE, "UNKNOWN", noJournal.get()).build();
    }
    if (pending.isEmpty()) {
      return page.callout(Tone.GOOD, "OK", "every execution in the journal is over").build();
    }
    page.callout(
        pending.size() > live.size() ? Tone.BAD : Tone.UNSURE,
        pending.size() > live.size() ? "PROBLEM" : "UNDER WAY",
        pending.size()
            + " not over"
            + (live.isEmpty() ? "" : ", " + live.size() + " of them under way right now"));
    for (var each : pending) {
      var holder = live.get(each.id());
      if (holder != null) {
        page.paragraph(
            each.id()
                + " is under way right now: "
                + holder
                + " holds its lock. Talk to them, or wait; a step told as uncertain below is being"
                + " made.");
      }
      page.code("", each.toString());
    }
    return page.build();
  }

  private static Map<String, Object> data(ExecutionRecord each, Map<String, String> live) {
    var started = each.started();
    var data = new LinkedHashMap<String, Object>();
    data.put("id", each.id());
    data.put("action", started.proposal().action());
    data.put("target", started.proposal().target().label());
    data.put("by", started.who());
    data.put("at", started.at().toString());
    data.put("text", each.toString());
    var holder = live.get(each.id());
    if (holder != null) {
      data.put("underWay", holder);
      return data;
    }
    data.put("resume", Invocation.resume(each.id()));
    data.put("giveUp", Invocation.giveUp(each.id()));
    return data;
  }
}
