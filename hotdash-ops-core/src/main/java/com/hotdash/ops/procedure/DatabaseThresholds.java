package com.hotdash.ops.procedure;

import java.time.Duration;

/**
 * From where on something about a database's connections is a problem.
 *
 * @param fullAt the share of usable slots in use from which the server counts as full
 * @param idleInTransaction for how long a session may be idle in a transaction while nobody waits
 *     for it
 * @param longTransaction for how long a transaction may be open while statements run in it
 * @param lockWait for how long a session may wait for a lock
 * @param idleFlood the share of usable slots that idle sessions of one application may hold while
 *     the server is full
 */
public record DatabaseThresholds(
    double fullAt,
    Duration idleInTransaction,
    Duration longTransaction,
    Duration lockWait,
    double idleFlood) {
  /**
   * 85 % of the slots; 5 minutes, which is the runbook's figure for idle connections; 15 minutes; 5
   * seconds, the time after which a waiting web request is as good as lost; half of the slots.
   */
  public static final DatabaseThresholds DEFAULT =
      new DatabaseThresholds(
          0.85, Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofSeconds(5), 0.5);

  /** Checks the bounds. */
  public DatabaseThresholds {
    if (!(fullAt > 0 && fullAt <= 1 && idleFlood > 0 && idleFlood <= 1)) {
      throw new IllegalArgumentException("a share lies above 0 and is at most 1");
    }
    if (idleInTransaction.isNegative() || longTransaction.isNegative() || lockWait.isNegative()) {
      throw new IllegalArgumentException("a duration must not be negative");
    }
  }

  /**
   * Sets how long a session may be idle in a transaction while nobody waits for it.
   *
   * @param limit the limit
   * @return a changed copy
   */
  public DatabaseThresholds withIdleInTransaction(Duration limit) {
    return new DatabaseThresholds(fullAt, limit, longTransaction, lockWait, idleFlood);
  }

  /**
   * Sets how long a session may wait for a lock.
   *
   * @param limit the limit
   * @return a changed copy
   */
  public DatabaseThresholds withLockWait(Duration limit) {
    return new DatabaseThresholds(fullAt, idleInTransaction, longTransaction, limit, idleFlood);
  }
}
