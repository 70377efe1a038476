package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description =
        "Goes on with a pending execution, and verifies. Looks first what became of steps of"
            + " unknown outcome; a step that was made is not made again.")
final class ResumeCommand extends AnsweringCommand {
  @Parameters(paramLabel = "<execution>", description = "Its id, as pending lists it.")
  private String execution = "";

  @Mixin private final HoldOptions approved = new HoldOptions();

  ResumeCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures environment) {
    checkSigned(approved);
    var ops = approved.signing(environment);
    var answer = new Answer(console(), json());
    var lead = Report.of(Page.builder().build(), Map.of("kind", "resolution"));
    Execution resumed;
    try {
      resumed = ops.resume(execution, approved.because());
    } catch (RefusedException e) {
      return answer.refused(
          lead, String.valueOf(e.getMessage()), NextLines.afterRecovery(e, execution));
    }
    return answer.verified(lead, resumed, approved.patience());
  }
}
