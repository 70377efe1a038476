package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseConnectionIssues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The plans for what a diagnosis recommends and the library can do.
 *
 * @param plans one for each recommendation, best first; one without steps says why it has none
 * @param notUnderstood the recommended lines that could not be read
 */
record Remedies(List<Plan> plans, List<String> notUnderstood) {
  // The recommended line is the contract: whoever types it in jshell gets the same plan.
  private static final Pattern LINE =
      Pattern.compile("ops\\.databaseConnectionIssues\\(\\)\\.(\\w+)\\((.*)\\)\\.plan\\(\\)");

  static final Remedies NONE = new Remedies(List.of(), List.of());

  /** Plans each. Reads only. */
  static Remedies of(Diagnosis diagnosis, DatabaseConnectionIssues incident) {
    var plans = new ArrayList<Plan>();
    var notUnderstood = new ArrayList<String>();
    diagnosis.recommendations().stream()
        .filter(each -> each.kind() == Recommendation.Kind.RESOLUTION)
        .map(Recommendation::line)
        .distinct()
        .forEach(
            line ->
                resolution(line, incident)
                    .ifPresentOrElse(
                        known -> plans.add(known.plan()), () -> notUnderstood.add(line)));
    return new Remedies(List.copyOf(plans), List.copyOf(notUnderstood));
  }

  /** Says which recommendations have no plan, because a missing one looks like none at all. */
  void tellNotUnderstood(Console console) {
    notUnderstood.forEach(
        line ->
            console.note(
                "No plan is shown for this recommendation, which this command line cannot read;"
                    + " type it in jshell: "
                    + line));
  }

  static Optional<Resolution> resolution(String line, DatabaseConnectionIssues incident) {
    var call = LINE.matcher(line);
    if (!call.matches()) {
      return Optional.empty();
    }
    var given = call.group(2);
    return switch (call.group(1) + (given.isEmpty() ? "()" : "(…)")) {
      case "endSessions()" -> Optional.of(incident.endSessions());
      case "cancelQueueHeads()" -> Optional.of(incident.cancelQueueHeads());
      case "endBlockers()" -> Optional.of(incident.endBlockers());
      case "endIdle(…)" -> JavaLiteral.parse(given).map(incident::endIdle);
      default -> Optional.empty();
    };
  }
}
