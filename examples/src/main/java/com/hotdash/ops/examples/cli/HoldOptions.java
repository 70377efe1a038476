package com.hotdash.ops.examples.cli;

import com.hotdash.ops.resolution.Verification.Patience;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By whose word something is cured, and how that is verified. */
class HoldOptions extends SignedOptions {
  @Option(
      names = "--hold",
      paramLabel = "<time>",
      converter = DurationConverter.class,
      description =
          "For how long it must stay cured to count. Default: as long as the change itself says,"
              + " mostly 10s.")
  private @Nullable Duration hold;

  /**
   * Returns how to verify: at least a minute, and often enough to see a short hold. Empty if nobody
   * said, and the change knows best.
   */
  Optional<Patience> patience() {
    return Optional.ofNullable(hold).map(HoldOptions::patience);
  }

  static Patience patience(Duration hold) {
    var within = hold.multipliedBy(3);
    var every = hold.dividedBy(4);
    return new Patience(
        hold,
        within.compareTo(Patience.DEFAULT.within()) > 0 ? within : Patience.DEFAULT.within(),
        every.compareTo(Patience.DEFAULT.every()) < 0 ? every : Patience.DEFAULT.every());
  }
}
