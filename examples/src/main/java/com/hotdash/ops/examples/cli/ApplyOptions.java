package com.hotdash.ops.examples.cli;

import com.hotdash.ops.resolution.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which plan is applied, and which objections to it do not count. */
final class ApplyOptions extends HoldOptions {
  @Option(
      names = "--apply",
      paramLabel = "<digest>",
      required = true,
      description =
          "Applies the recommended plan with this digest, and verifies. A plan that has changed has"
              + " another digest, and is shown, not applied.")
  private @Nullable String digest;

  @Option(
      names = "--despite",
      paramLabel = "<objection>=<why>",
      description =
          "Overrides one objection that can be overridden, and says why it does not hold here, for"
              + " the journal. May be repeated.")
  private Map<String, String> despite = new LinkedHashMap<>();

  String digest() {
    return given(digest);
  }

  /** Returns the overridden objections, each with the reason given. */
  Map<String, String> despite() {
    return despite;
  }

  /** Returns the plan without the objections that were overridden. */
  Plan overriding(Plan plan) {
    var overridden = plan;
    for (var each : despite.entrySet()) {
      overridden = overridden.despite(each.getKey(), each.getValue());
    }
    return overridden;
  }
}
