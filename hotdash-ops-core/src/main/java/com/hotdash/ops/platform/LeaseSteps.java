package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.time.Duration;
import java.util.Map;

/**
 * The words in which steps on other people's leases are written. A control that meets a foreign
 * lease waits {@link #WAITED} for its end and never breaks it by itself: that is a change of its
 * own, which is planned, approved and journalled.
 */
public final class LeaseSteps {
  /** Ends a lease that somebody else holds, and only that one. Nothing takes it back. */
  public static final String BREAK = "machine.lease-break";

  /**
   * The kind of the lease on one machine as a target; its id is the machine's. It is not there
   * while nobody holds one.
   */
  public static final String LEASE = "platform.lease";

  /** The field with who holds a lease. */
  public static final String HOLDER = "holder";

  /** The field with what tells a lease from another of the same holder. */
  public static final String MARK = "lease";

  /** The field with what its holder said about a lease. */
  public static final String PURPOSE = "for";

  /** How long a control waits for the end of a foreign lease: deploys hold leases of 13 s. */
  public static final Duration WAITED = Duration.ofSeconds(30);

  private LeaseSteps() {}

  /**
   * Makes the step that ends a lease.
   *
   * @param lease the lease as it was read
   * @return the step
   */
  public static Step breaking(MachineLease lease) {
    var target =
        new Target(LEASE, lease.machine(), "of " + lease.holder() + " on " + lease.machine());
    var is = fields(lease);
    var assumes = Map.of(HOLDER, lease.holder(), MARK, lease.mark());
    return new Step(BREAK, target, assumes, is, Step.GONE, null);
  }

  /**
   * Tells a lease's fields as a control observes them. When it ends is none: its holder moves that.
   *
   * @param lease the lease
   * @return the fields
   */
  public static Map<String, String> fields(MachineLease lease) {
    return Map.of(HOLDER, lease.holder(), MARK, lease.mark(), PURPOSE, lease.purpose());
  }
}
