package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "undo",
    description =
        "Plans to take back what an execution made, also one of another process: last step first,"
            + " and each only while its target is as that step left it. Changes nothing without"
            + " --apply.")
final class UndoCommand extends AnsweringCommand {
  @Parameters(paramLabel = "<execution>", description = "Its id, as the change told it.")
  private String execution = "";

  @ArgGroup(exclusive = false)
  private @Nullable ApplyOptions apply;

  UndoCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures environment) {
    var approved = apply;
    if (approved == null) {
      return show(environment.undo(execution));
    }
    approved.check(this::misuse);
    checkSigned(approved);
    var ops = approved.signing(environment);
    var plan = ops.undo(execution);
    var answer = new Answer(console(), json());
    var lead = Report.of(Page.builder().build(), Map.of("kind", "undo"));
    if (!plan.digest().equals(approved.digest())) {
      answer.refused(
          lead,
          "the plan to take it back is not "
              + approved.digest()
              + "; nothing was changed. Read the fresh plan and apply its digest.",
          List.of());
      if (!json()) {
        show(plan);
      }
      return ExitCode.PROBLEM;
    }
    answer.show(plan.page());
    Execution undone;
    try {
      undone = approved.overriding(plan).apply(approved.because());
    } catch (RefusedException e) {
      return answer.refused(
          lead.withPart("plan", Report.of(plan)),
          String.valueOf(e.getMessage()),
          NextLines.afterRecovery(e, execution));
    } catch (PlanException e) {
      return answer.refused(
          lead.withPart("plan", Report.of(plan)), String.valueOf(e.getMessage()), List.of());
    }
    return answer.verified(lead.withPart("plan", Report.of(plan)), undone, approved.patience());
  }

  private int show(Plan plan) {
    var objections = plan.objections();
    var line = Invocation.undo(execution, plan.digest());
    if (json()) {
      var report = Report.of(plan);
      console().json(objections.isEmpty() ? report.with("apply", line) : report);
      return ExitCode.OK;
    }
    console().print(plan.page());
    if (objections.isEmpty()) {
      NextLines.print(console(), "Nothing was changed. To apply this plan:", List.of(line));
    } else {
      console().print("Nothing was changed. What speaks against this plan stands above.");
    }
    return ExitCode.OK;
  }
}
