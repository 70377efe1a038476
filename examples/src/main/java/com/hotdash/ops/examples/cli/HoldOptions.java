package com.hotdash.ops.examples.cli;

import com.hotdash.ops.resolution.Verification.Patience;
import java.time.Duration;
import picocli.CommandLine.Option;

/** By whose word something is cured, and how that is verified. */
class HoldOptions extends SignedOptions {
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
}
