package com.hotdash.ops.examples.cli;

import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By whose word something is changed, and why. */
class SignedOptions {
  @Option(
      names = "--by",
      paramLabel = "<name>",
      description = "Who answers for it. Default: HOTDASH_OPS_OPERATOR.")
  private @Nullable String by;

  @Option(
      names = "--because",
      paramLabel = "<why>",
      required = true,
      description = "Why, for the journal.")
  private @Nullable String because;

  Optional<String> by() {
    return Optional.ofNullable(by).filter(name -> !name.isBlank());
  }

  /** Returns the runbook of whoever answers for it. */
  RunbookProcedures signing(RunbookProcedures environment) {
    return by().map(environment::as).orElse(environment);
  }

  String because() {
    return given(because);
  }

  /** The command line is refused before a required option can be missing here. */
  static String given(@Nullable String option) {
    if (option == null) {
      throw new IllegalStateException("a required option is missing");
    }
    return option;
  }
}
