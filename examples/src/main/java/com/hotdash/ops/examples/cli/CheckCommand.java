package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "check",
    description =
        "Tells for each credential what works, what is missing, what could not be looked at, and"
            + " what grants it; and what is not configured.")
final class CheckCommand extends AnsweringCommand {

  CheckCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    var access = ops.checkAccess();
    if (json()) {
      var unset =
          access.notConfigured().stream()
              .map(gap -> Map.of("what", gap.what(), "remedy", gap.remedy()))
              .toList();
      var checks = access.checks().stream().map(CheckCommand::data).toList();
      console()
          .json(
              Report.of(access.page(), Map.of("kind", "access"))
                  .with("complete", access.complete())
                  .with("verdict", access.verdict().name())
                  .with("checks", checks)
                  .with("notConfigured", unset));
    } else {
      console().print(access.page());
    }
    return ExitCode.of(access.verdict());
  }

  private static Map<String, Object> data(AccessCheck check) {
    var data = new LinkedHashMap<String, Object>();
    data.put("credential", check.credential());
    data.put("works", check.works());
    data.put("missing", check.missing());
    data.put("unknown", check.unknown());
    data.put("remedies", check.remedies());
    return data;
  }
}
