package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;

/** A command that looks while all is well. */
abstract class CheckupCommand extends AnsweringCommand {
  CheckupCommand(Console console, Environment environment) {
    super(console, environment);
  }

  abstract Checkup look(RunbookProcedures ops);

  @Override
  int answer(RunbookProcedures ops) {
    var checkup = look(ops);
    if (json()) {
      console().json(Report.of(checkup));
    } else {
      console().print(checkup.page());
    }
    return ExitCode.of(checkup.verdict());
  }
}
