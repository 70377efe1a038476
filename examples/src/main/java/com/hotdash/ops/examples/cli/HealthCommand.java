package com.hotdash.ops.examples.cli;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "health",
    description = "Asks every health endpoint of every machine of the application.")
final class HealthCommand extends AnsweringCommand {

  HealthCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    var health = ops.app().health();
    if (json()) {
      console()
          .json(
              Report.of(page(health), Map.of("kind", "health"))
                  .with("verdict", health.verdict().name())
                  .with("coverage", health.coverage() == null ? "" : health.coverage())
                  .with("disagreements", health.disagreements())
                  .with("machines", health.machines().stream().map(HealthCommand::data).toList()));
    } else {
      console().print(page(health));
    }
    return ExitCode.of(health.verdict());
  }

  private static Page page(AppHealth health) {
    return Page.builder().heading(1, "Application health").append(health.page()).build();
  }

  private static Map<String, Object> data(MachineHealth machine) {
    return Map.of(
        "machine",
        machine.instance().id(),
        "status",
        machine.status().name(),
        "probes",
        machine.probes().stream().map(HealthCommand::data).toList());
  }

  private static Map<String, Object> data(ProbeResult probe) {
    var data = new LinkedHashMap<String, Object>();
    data.put("path", probe.path());
    data.put("status", probe.status().name());
    data.put("outcome", probe.outcome().name());
    data.put("millis", probe.took().toMillis());
    data.put("text", probe.toString());
    return data;
  }
}
