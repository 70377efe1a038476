package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import picocli.CommandLine.Command;

@Command(
    name = "audit",
    description =
        "Tells whether the application is set up so that an outage stays small, by what its"
            + " machines run. Changes nothing.")
final class AuditCommand extends CheckupCommand {
  AuditCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  Checkup look(RunbookProcedures ops) {
    return ops.audit();
  }
}
