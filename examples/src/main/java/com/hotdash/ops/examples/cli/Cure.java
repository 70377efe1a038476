package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.Map;

/** Applies the one recommended plan that was approved, and verifies. */
final class Cure {
  private final Console console;
  private final Incident incident;
  private final ApplyOptions approved;
  private final boolean json;

  Cure(Console console, Incident incident, ApplyOptions approved, boolean json) {
    this.console = console;
    this.incident = incident;
    this.approved = approved;
    this.json = json;
  }

  int run(RunbookProcedures environment, Diagnosis diagnosis) {
    var ops = approved.by().map(environment::as).orElse(environment);
    show(diagnosis.page());
    var plans = Remedies.plans(diagnosis, ops.databaseConnectionIssues());
    var plan = plans.stream().filter(each -> each.digest().equals(approved.digest())).findFirst();
    if (plan.isEmpty()) {
      refused(
          diagnosis,
          plans,
          "no recommended plan has the digest "
              + approved.digest()
              + "; nothing was changed. "
              + (plans.isEmpty()
                  ? "There is no plan to apply: the diagnosis says " + diagnosis.verdict() + "."
                  : "Read the fresh plan and apply its digest."));
      return plans.isEmpty() && diagnosis.verdict() == Verdict.UNKNOWN
          ? ExitCode.UNKNOWN
          : ExitCode.PROBLEM;
    }
    show(plan.get().page());
    Execution execution;
    try {
      execution = plan.get().apply(approved.because());
    } catch (RefusedException e) {
      refused(diagnosis, plans, String.valueOf(e.getMessage()));
      return ExitCode.PROBLEM;
    }
    show(execution.page());
    var verification = execution.verify(approved.patience());
    show(verification.page());
    if (json) {
      console.json(
          resolution(diagnosis)
              .withPart("plan", Report.of(plan.get()))
              .withPart("execution", Report.of(execution))
              .withPart("verification", Report.of(verification)));
    }
    return exitCode(execution, verification);
  }

  /** A cure that left steps undone is not over, however well the symptom looks. */
  static int exitCode(Execution execution, Verification verification) {
    return execution.stopped().isPresent() && verification.result() == Verification.Result.CURED
        ? ExitCode.PROBLEM
        : ExitCode.of(verification.result());
  }

  private void refused(Diagnosis diagnosis, List<Plan> fresh, String why) {
    console.note("REFUSED: " + why);
    if (json) {
      console.json(
          resolution(diagnosis).with("refused", why).withParts("plans", reports(incident, fresh)));
    } else {
      show(console, incident, fresh);
    }
  }

  private static Report resolution(Diagnosis diagnosis) {
    return Report.of(diagnosis.page(), Map.of("kind", "resolution"))
        .withPart("diagnosis", Report.of(diagnosis));
  }

  private void show(Page page) {
    if (!json) {
      console.print(page);
    }
  }

  static List<Report> reports(Incident incident, List<Plan> plans) {
    return plans.stream()
        .map(
            plan -> Report.of(plan).with("apply", Invocation.apply(incident.slug(), plan.digest())))
        .toList();
  }

  /** Shows plans, and at the very end, where the eye is, how to apply each. */
  static void show(Console console, Incident incident, List<Plan> plans) {
    if (plans.isEmpty()) {
      return;
    }
    plans.forEach(plan -> console.print(plan.page()));
    console.print(
        plans.size() == 1
            ? "Nothing was changed. To apply this plan:"
            : "Nothing was changed. To apply one of these plans, the best first:");
    for (var plan : plans) {
      console.print("  " + Invocation.apply(incident.slug(), plan.digest()));
    }
  }
}
