package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseConnectionIssues;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The plans for what a diagnosis recommends and the library can do. */
final class Remedies {
  // The recommended line is the contract: whoever types it in jshell gets the same plan.
  private static final Pattern LINE =
      Pattern.compile(
          "ops\\.databaseConnectionIssues\\(\\)\\.(\\w+)\\((?:\"(.*)\")?\\)\\.plan\\(\\)");

  private Remedies() {}

  /** Plans each, best first. Reads only. */
  static List<Plan> plans(Diagnosis diagnosis, DatabaseConnectionIssues incident) {
    return diagnosis.recommendations().stream()
        .filter(each -> each.kind() == Recommendation.Kind.RESOLUTION)
        .map(Recommendation::line)
        .distinct()
        .map(line -> resolution(line, incident))
        .flatMap(Optional::stream)
        .map(Resolution::plan)
        .filter(plan -> !plan.steps().isEmpty())
        .toList();
  }

  static Optional<Resolution> resolution(String line, DatabaseConnectionIssues incident) {
    var call = LINE.matcher(line);
    if (!call.matches()) {
      return Optional.empty();
    }
    return switch (call.group(1)) {
      case "endSessions" -> Optional.of(incident.endSessions());
      case "cancelQueueHeads" -> Optional.of(incident.cancelQueueHeads());
      case "endBlockers" -> Optional.of(incident.endBlockers());
      case "endIdle" -> Optional.of(incident.endIdle(call.group(2)));
      default -> Optional.empty();
    };
  }
}
