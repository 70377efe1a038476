package com.hotdash.ops.examples.cli;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.StalePlanException;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.List;

/** Applies the one plan that was approved, and verifies. */
final class Cure {
  private final Console console;
  private final String command;
  private final ApplyOptions approved;
  private final boolean json;
  private final Answer answer;

  /**
   * @param command what was typed to get at the plans, such as {@code diagnose high-error-rate}
   */
  Cure(Console console, String command, ApplyOptions approved, boolean json) {
    this.console = console;
    this.command = command;
    this.approved = approved;
    this.json = json;
    this.answer = new Answer(console, json);
  }

  /**
   * @param lead what was seen before, for a program
   * @param verdict what that came to, which is why there may be no plan
   * @param plans those that can be chosen from, best first
   */
  int run(RunbookProcedures ops, Report lead, Verdict verdict, List<Plan> plans) {
    var found = plans.stream().filter(each -> each.digest().equals(approved.digest())).findFirst();
    if (found.isEmpty() || !Plans.applicable(found.get())) {
      return notFound(lead, verdict, plans);
    }
    var plan = approved.overriding(found.get());
    answer.show(plan.page());
    Execution execution;
    try {
      execution = plan.apply(approved.because());
    } catch (StalePlanException e) {
      return refused(
          lead, e.fresh().map(List::of).orElse(List.of()), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      var next =
          NextLines.afterApply(
              e, command, approved.digest(), approved.despite().keySet(), ops::pending);
      return answer.refused(
          lead.withParts("plans", Plans.reports(command, plans)),
          String.valueOf(e.getMessage()),
          next);
    }
    return answer.verified(lead.withPart("plan", Report.of(plan)), execution, approved.patience());
  }

  private int notFound(Report lead, Verdict verdict, List<Plan> plans) {
    var none = plans.stream().noneMatch(Plans::applicable);
    refused(
        lead,
        plans,
        "no plan here that does anything has the digest "
            + approved.digest()
            + "; nothing was changed. "
            + (none
                ? "There is no plan to apply: what was seen is " + verdict + "."
                : "Read the fresh plan and apply its digest."));
    return none && verdict == Verdict.UNKNOWN ? ExitCode.UNKNOWN : ExitCode.PROBLEM;
  }

  private int refused(Report lead, List<Plan> fresh, String why) {
    answer.refused(lead.withParts("plans", Plans.reports(command, fresh)), why, List.of());
    if (!json) {
      Plans.show(console, command, fresh);
    }
    return ExitCode.PROBLEM;
  }
}
