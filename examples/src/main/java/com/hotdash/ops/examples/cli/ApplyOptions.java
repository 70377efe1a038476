package com.hotdash.ops.examples.cli;

import com.hotdash.ops.resolution.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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

  /**
   * Refuses what can be no digest and no reason.
   *
   * @param misuse makes the error
   */
  void check(Function<String, ParameterException> misuse) {
    if (!digest().matches("[0-9a-f]{16}")) {
      throw misuse.apply("--apply wants the 16 digits of the plan shown, not '" + digest() + "'");
    }
    despite.forEach(
        (objection, why) -> {
          if (objection.isBlank() || why.isBlank() || why.equals(Invocation.WHY_NOT)) {
            throw misuse.apply("--despite wants an objection and why it does not hold: name=why");
          }
        });
  }

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
