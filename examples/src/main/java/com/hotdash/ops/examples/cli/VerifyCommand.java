package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description =
        "Measures whether an execution helped, also one of another process, on data younger than its"
            + " last step. Changes nothing.")
final class VerifyCommand extends AnsweringCommand {
  @Parameters(paramLabel = "<execution>", description = "Its id, as the change told it.")
  private String execution = "";

  @Option(
      names = "--hold",
      paramLabel = "<time>",
      converter = DurationConverter.class,
      description =
          "For how long it must stay cured to count. Default: as long as the change itself says.")
  private @Nullable Duration hold;

  VerifyCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    Optional<Patience> patience = Optional.ofNullable(hold).map(HoldOptions::patience);
    var lead = Report.of(Page.builder().build(), Map.of("kind", "verify"));
    return new Answer(console(), json()).verified(lead, ops.execution(execution), patience);
  }
}
