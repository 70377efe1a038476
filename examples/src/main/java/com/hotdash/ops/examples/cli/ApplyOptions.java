package com.hotdash.ops.examples.cli;

import com.hotdash.ops.resolution.Verification.Patience;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By whose word a plan is applied, and why. */
final class ApplyOptions {
  @Option(
      names = "--apply",
      paramLabel = "<digest>",
      required = true,
      description =
          "Applies the recommended plan with this digest, and verifies. A plan that has changed has"
              + " another digest, and is shown, not applied.")
  private @Nullable String digest;

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

  @Option(
      names = "--hold",
      paramLabel = "<time>",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "For how long it must stay cured to count. Default: ${DEFAULT-VALUE}.")
  private Duration hold = Patience.DEFAULT.hold();

  /** Returns how to verify: at least a minute, and often enough to see a short hold. */
  Patience patience() {
    var within = hold.multipliedBy(3);
    var every = hold.dividedBy(4);
    return new Patience(
        hold,
        within.compareTo(Patience.DEFAULT.within()) > 0 ? within : Patience.DEFAULT.within(),
        every.compareTo(Patience.DEFAULT.every()) < 0 ? every : Patience.DEFAULT.every());
  }

  String digest() {
    return given(digest);
  }

  Optional<String> by() {
    return Optional.ofNullable(by).filter(name -> !name.isBlank());
  }

  String because() {
    return given(because);
  }

  /** The command line is refused before a required option can be missing here. */
  private static String given(@Nullable String option) {
    if (option == null) {
      throw new IllegalStateException("a required option is missing");
    }
    return option;
  }
}
