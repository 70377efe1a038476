package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "give-up",
    description = "Closes a pending execution as it stands. Changes nothing but the journal.")
final class GiveUpCommand extends AnsweringCommand {
  @Parameters(paramLabel = "<execution>", description = "Its id, as pending lists it.")
  private String execution = "";

  @Mixin private final SignedOptions approved = new SignedOptions();

  GiveUpCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures environment) {
    checkSigned(approved);
    var ops = approved.signing(environment);
    var page =
        Page.builder()
            .callout(Tone.GOOD, "OVER", "execution " + execution + " is closed as it stands")
            .build();
    var lead = Report.of(page, Map.of("kind", "give-up")).with("id", execution);
    var answer = new Answer(console(), json());
    try {
      ops.giveUp(execution, approved.because());
    } catch (RefusedException e) {
      return answer.refused(
          lead, String.valueOf(e.getMessage()), NextLines.afterRecovery(e, execution));
    }
    answer.show(page);
    if (json()) {
      console().json(lead);
    }
    return ExitCode.OK;
  }
}
