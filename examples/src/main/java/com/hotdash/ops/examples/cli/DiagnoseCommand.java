package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Chapter;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diagnose",
    description =
        "Looks at one incident and judges; shows the recommended plans. Changes nothing without"
            + " --apply.")
final class DiagnoseCommand extends AnsweringCommand {
  @Parameters(
      paramLabel = "<incident>",
      description = "Such as database-connection-issues, its beginning, or R4.")
  private String incident = "";

  @Option(
      names = "--within",
      paramLabel = "<time>",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long the look may take. Default: ${DEFAULT-VALUE}.")
  private Duration within = Chapter.WITHIN;

  @ArgGroup(exclusive = false)
  private @Nullable ApplyOptions apply;

  DiagnoseCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    var asked = incident();
    var approved = approved();
    var diagnosis = ops.chapter(asked).diagnose(within);
    if (approved != null) {
      return new Cure(console(), asked, approved, json()).run(ops, diagnosis);
    }
    var plans = Remedies.plans(diagnosis, ops, console()::note);
    if (json()) {
      console()
          .json(
              Report.of(diagnosis)
                  .withParts("plans", Cure.reports(asked, plans))
                  .with("next", NextLines.afterDiagnosis(diagnosis)));
    } else {
      console().print(diagnosis.page());
      Cure.show(console(), asked, plans);
      if (plans.stream().noneMatch(Cure::applicable)) {
        NextLines.print(
            console(), "Next, on this command line:", NextLines.afterDiagnosis(diagnosis));
      }
    }
    return ExitCode.of(diagnosis.verdict());
  }

  private Incident incident() {
    var found = Incident.parse(incident);
    if (found.isEmpty()) {
      throw misuse(
          "No incident, or more than one, is called '"
              + incident
              + "'. There are: "
              + Arrays.stream(Incident.values())
                  .map(each -> each.slug() + " (" + each.id() + ")")
                  .collect(Collectors.joining(", ")));
    }
    return found.get();
  }

  private @Nullable ApplyOptions approved() {
    var given = apply;
    if (given == null) {
      return null;
    }
    given.check(this::misuse);
    checkSigned(given);
    return given;
  }
}
