package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How plans are shown, each with the line that applies it. */
final class Plans {
  private Plans() {}

  /** A plan without steps has nothing to verify: what it says is why it has none. */
  static boolean applicable(Plan plan) {
    return !plan.steps().isEmpty();
  }

  /** Returns what applies it, unless it would be refused as it stands. */
  static Optional<String> line(String command, Plan plan) {
    return applicable(plan) && plan.objections().isEmpty()
        ? Optional.of(Invocation.apply(command, plan.digest(), Set.of()))
        : Optional.empty();
  }

  /** Returns them for a program, in the order given. */
  static List<Report> reports(String command, List<Plan> plans) {
    return plans.stream().map(plan -> report(command, plan)).toList();
  }

  private static Report report(String command, Plan plan) {
    var report = Report.of(plan);
    return line(command, plan).map(line -> report.with("apply", line)).orElse(report);
  }

  /**
   * Shows plans, and then how to apply them. The best one and its line come last: a terminal leaves
   * off where the eye is.
   *
   * @param plans best first
   */
  static void show(Console console, String command, List<Plan> plans) {
    var order = new ArrayList<Plan>();
    plans.stream().filter(plan -> !applicable(plan)).forEach(order::add);
    var applicable = plans.stream().filter(Plans::applicable).toList();
    for (int i = applicable.size() - 1; i >= 0; i--) {
      order.add(applicable.get(i));
    }
    order.forEach(plan -> console.print(plan.page()));
    lines(console, command, applicable);
  }

  /**
   * Shows how to apply plans that stand above, the best one's line last.
   *
   * @param plans best first, each with steps
   */
  static void lines(Console console, String command, List<Plan> plans) {
    if (plans.isEmpty()) {
      return;
    }
    for (int i = plans.size() - 1; i > 0; i--) {
      tell(
          console, command, plans.get(i), "Nothing was changed. To apply this other plan instead:");
    }
    tell(
        console,
        command,
        plans.get(0),
        plans.size() == 1
            ? "Nothing was changed. To apply this plan:"
            : "Nothing was changed. To apply the best plan, the last one above:");
  }

  /** A plan that would be refused as it stands is not offered as if it would not. */
  private static void tell(Console console, String command, Plan plan, String lead) {
    var objections = plan.objections();
    if (objections.isEmpty()) {
      NextLines.print(console, lead, line(command, plan).stream().toList());
      return;
    }
    var names = objections.stream().map(Objection::name).collect(Collectors.toSet());
    var lines = new ArrayList<String>();
    if (names.contains("pending-execution")) {
      lines.add(Invocation.pending());
    }
    if (objections.stream().noneMatch(Objection::hard)) {
      lines.add(Invocation.apply(command, plan.digest(), names));
    }
    var why = "Plan " + plan.digest() + " would be refused: " + String.join(", ", names) + ".";
    if (lines.isEmpty()) {
      console.print(why + " What to do about it stands in the plan.");
    }
    NextLines.print(
        console, why + " See to that first; only if it does not hold, override it:", lines);
  }
}
