package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a real server to get somewhere, on real time and never for ever. */
final class Await {
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(10);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    if (!within(LIMIT, condition)) {
      throw PgServerException.of(
          "postgres.await", what + " did not happen within " + LIMIT.toSeconds() + " s", null);
    }
  }

  static boolean within(Duration limit, BooleanSupplier condition) {
    var deadline = Time.SYSTEM.deadline(limit);
    while (!condition.getAsBoolean()) {
      if (deadline.expired()) {
        return false;
      }
      pause(PAUSE);
    }
    return true;
  }

  static void pause(Duration wait) {
    if (!Time.SYSTEM.await(wait)) {
      throw interrupted("postgres.await");
    }
  }

  static InterruptedOpsException interrupted(String operation) {
    return new InterruptedOpsException(Fault.of("testkit", operation, "interrupted"));
  }
}
