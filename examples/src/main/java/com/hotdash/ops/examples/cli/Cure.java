package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.StalePlanException;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies the one recommended plan that was approved, and verifies. */
final class Cure {
  private final Console console;
  private final Incident incident;
  private final ApplyOptions approved;
  private final boolean json;
  private final Answer answer;

  Cure(Console console, Incident incident, ApplyOptions approved, boolean json) {
    this.console = console;
    this.incident = incident;
    this.approved = approved;
    this.json = json;
    this.answer = new Answer(console, json);
  }

  int run(RunbookProcedures environment, Diagnosis diagnosis) {
    var ops = approved.by().map(environment::as).orElse(environment);
    answer.show(diagnosis.page());
    var plans = Remedies.plans(diagnosis, ops, console::note);
    var found = plans.stream().filter(each -> each.digest().equals(approved.digest())).findFirst();
    if (found.isEmpty() || !applicable(found.get())) {
      return notFound(diagnosis, plans);
    }
    var plan = approved.overriding(found.get());
    answer.show(plan.page());
    Execution execution;
    try {
      execution = plan.apply(approved.because());
    } catch (StalePlanException e) {
      return refused(
          diagnosis, e.fresh().map(List::of).orElse(List.of()), String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      var next =
          NextLines.afterApply(
              e, incident.slug(), approved.digest(), approved.despite().keySet(), ops::pending);
      var lead = resolution(diagnosis).withParts("plans", reports(incident, plans));
      return answer.refused(lead, String.valueOf(e.getMessage()), next);
    }
    return answer.verified(
        resolution(diagnosis).withPart("plan", Report.of(plan)), execution, approved.patience());
  }

  private int notFound(Diagnosis diagnosis, List<Plan> plans) {
    var none = plans.stream().noneMatch(Cure::applicable);
    refused(
        diagnosis,
        plans,
        "no recommended plan that does anything has the digest "
            + approved.digest()
            + "; nothing was changed. "
            + (none
                ? "There is no plan to apply: the diagnosis says " + diagnosis.verdict() + "."
                : "Read the fresh plan and apply its digest."));
    return none && diagnosis.verdict() == Verdict.UNKNOWN ? ExitCode.UNKNOWN : ExitCode.PROBLEM;
  }

  private int refused(Diagnosis diagnosis, List<Plan> fresh, String why) {
    answer.refused(
        resolution(diagnosis).withParts("plans", reports(incident, fresh)), why, List.of());
    if (!json) {
      show(console, incident, fresh);
    }
    return ExitCode.PROBLEM;
  }

  private static Report resolution(Diagnosis diagnosis) {
    return Report.of(diagnosis.page(), Map.of("kind", "resolution"))
        .withPart("diagnosis", Report.of(diagnosis));
  }

  /** A plan without steps has nothing to verify: what it says is why it has none. */
  static boolean applicable(Plan plan) {
    return !plan.steps().isEmpty();
  }

  static List<Report> reports(Incident incident, List<Plan> plans) {
    return plans.stream()
        .map(
            plan ->
                applicable(plan) && plan.objections().isEmpty()
                    ? Report.of(plan)
                        .with("apply", Invocation.apply(incident.slug(), plan.digest(), Set.of()))
                    : Report.of(plan))
        .toList();
  }

  /** Shows plans, and at the very end, where the eye is, how to apply each. */
  static void show(Console console, Incident incident, List<Plan> plans) {
    plans.forEach(plan -> console.print(plan.page()));
    for (var plan : plans) {
      if (applicable(plan) && !plan.objections().isEmpty()) {
        objected(console, incident, plan);
      }
    }
    var lines =
        plans.stream()
            .filter(Cure::applicable)
            .filter(plan -> plan.objections().isEmpty())
            .map(plan -> Invocation.apply(incident.slug(), plan.digest(), Set.of()))
            .toList();
    NextLines.print(
        console,
        lines.size() == 1
            ? "Nothing was changed. To apply this plan:"
            : "Nothing was changed. To apply one of these plans, the best first:",
        lines);
  }

  /** A plan that would be refused as it stands is not offered as if it would not. */
  private static void objected(Console console, Incident incident, Plan plan) {
    var objections = plan.objections();
    var names = objections.stream().map(Objection::name).collect(Collectors.toSet());
    var lines = new ArrayList<String>();
    if (names.contains("pending-execution")) {
      lines.add(Invocation.pending());
    }
    if (objections.stream().noneMatch(Objection::hard)) {
      lines.add(Invocation.apply(incident.slug(), plan.digest(), names));
    }
    var why = "Plan " + plan.digest() + " would be refused: " + String.join(", ", names) + ".";
    if (lines.isEmpty()) {
      console.print(why + " What to do about it stands in the plan.");
    }
    NextLines.print(
        console, why + " See to that first; only if it does not hold, override it:", lines);
  }
}
