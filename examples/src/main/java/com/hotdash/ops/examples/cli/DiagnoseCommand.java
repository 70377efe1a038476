package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Chapter;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diagnose",
    description =
        "Looks at one incident and judges; shows the recommended plans, the best last. Changes"
            + " nothing without --apply.")
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
  int answer(RunbookProcedures environment) {
    var asked = incident();
    var approved = approved();
    var ops = approved == null ? environment : approved.signing(environment);
    var diagnosis = ops.chapter(asked).diagnose(within);
    var command = Invocation.diagnosing(asked);
    var plans = Remedies.plans(diagnosis, ops, console()::note);
    if (approved != null) {
      new Answer(console(), json()).show(diagnosis.page());
      var lead =
          Report.of(diagnosis.page(), Map.of("kind", "resolution"))
              .withPart("diagnosis", Report.of(diagnosis));
      return new Cure(console(), command, approved, json())
          .run(ops, lead, diagnosis.verdict(), plans);
    }
    var next = NextLines.afterDiagnosis(diagnosis, within);
    if (json()) {
      console()
          .json(
              Report.of(diagnosis)
                  .withParts("plans", Plans.reports(command, plans))
                  .with("next", next));
    } else {
      console().print(diagnosis.page(line -> NextLines.next(plans, line)));
      Plans.show(console(), command, plans);
      if (plans.stream().noneMatch(Plans::applicable)) {
        NextLines.print(console(), "Next, on this command line:", next);
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
