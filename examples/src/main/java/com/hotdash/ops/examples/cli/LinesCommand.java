package com.hotdash.ops.examples.cli;

import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import picocli.CommandLine.Command;

@Command(
    name = "lines",
    description = "Lists every line of the runbook, and what covers it. Looks at nothing.")
final class LinesCommand extends AnsweringCommand {

  LinesCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    if (json()) {
      console().json(Runbook.report());
    } else {
      console().print(Runbook.report().page());
    }
    return ExitCode.OK;
  }
}
