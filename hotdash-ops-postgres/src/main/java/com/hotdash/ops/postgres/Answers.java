package com.hotdash.ops.postgres;

import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.resolution.StepOutcome;
import java.util.regex.Pattern;

/** Tells what an answer, or the lack of one, says of a change that was sent. */
final class Answers {
  // Lost connections, interruptions and internal errors can come after the change was made.
  private static final Pattern UNSURE = Pattern.compile("08|25P|57|58|XX");

  private Answers() {}

  /** An answer of the server itself is certain; without one nobody knows. */
  static StepOutcome refused(PgTrouble trouble, boolean sent) {
    var failure = trouble.failure();
    boolean answered =
        failure.kind() == FailureKind.NOT_PERMITTED
            || (failure.sqlState() != null && !UNSURE.matcher(failure.sqlState()).lookingAt());
    if (!sent) {
      return StepOutcome.failed("nothing was sent: " + failure);
    }
    return answered
        ? StepOutcome.failed("refused: " + failure)
        : StepOutcome.uncertain("sent, and no answer came back: " + failure);
  }
}
