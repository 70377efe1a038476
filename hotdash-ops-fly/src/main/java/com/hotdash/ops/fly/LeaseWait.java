package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.platform.LeaseSteps;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tries a change again while somebody else holds the machine's lease, for at most {@link
 * LeaseSteps#WAITED}: deploys hold leases of 13 s, single commands of flyctl some of 120 s.
 */
record LeaseWait(AppCalls calls, Deadline deadline) {
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  <T> T once(Supplier<T> change) {
    var limit = deadline.within(LeaseSteps.WAITED);
    while (true) {
      try {
        return change.get();
      } catch (FlyLeaseHeldException e) {
        if (e.outcomeUnknown() || limit.remaining().compareTo(BETWEEN) <= 0) {
          throw e;
        }
        if (!calls.time().await(BETWEEN)) {
          throw new InterruptedOpsException(
              Fault.of("fly", "lease.acquire", "given up because the thread was interrupted"));
        }
      }
    }
  }
}
