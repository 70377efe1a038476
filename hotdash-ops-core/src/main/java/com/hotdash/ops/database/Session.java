package com.hotdash.ops.database;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the server, as the server sees it. What our role may not see is {@code null}.
 *
 * @param id which session
 * @param user the role's name
 * @param database the database's name
 * @param application the name that the client gave itself; may be empty
 * @param client the client's address, or {@code null} for a local socket
 * @param state the server's own word, such as {@code idle in transaction}
 * @param stateSince when it came into this state
 * @param transactionSince when its transaction began, or {@code null} if it has none
 * @param waitEvent what it waits for, type and name such as {@code Lock: transactionid}, or {@code
 *     null} if it does not wait
 * @param query its running or last statement with values masked, shortened
 * @param sparedBecause why it is meant to stay, so that nobody should end it; {@code null} if it
 *     may be ended by whoever has the right
 * @param outOfReach why we cannot end it whether or not it should be, such as that our role may not
 *     signal it; {@code null} if we can
 */
public record Session(
    SessionId id,
    String user,
    String database,
    String application,
    @Nullable String client,
    String state,
    Instant stateSince,
    @Nullable Instant transactionSince,
    @Nullable String waitEvent,
    String query,
    @Nullable String sparedBecause,
    @Nullable String outOfReach) {
  /** Executing a statement. */
  public static final String ACTIVE = "active";

  /** Doing nothing, outside a transaction. */
  public static final String IDLE = "idle";

  /** Doing nothing while its transaction holds locks. */
  public static final String IDLE_IN_TRANSACTION = "idle in transaction";

  /** As {@link #IDLE_IN_TRANSACTION}, after an error; its row locks are released already. */
  public static final String IDLE_IN_TRANSACTION_ABORTED = "idle in transaction (aborted)";

  /**
   * Returns whether it keeps a transaction open and does nothing.
   *
   * @return true for both idle-in-transaction states
   */
  public boolean idleInTransaction() {
    return state.startsWith(IDLE_IN_TRANSACTION);
  }

  /**
   * Returns whether we may end it.
   *
   * @return true if it is not meant to stay and is within our reach
   */
  public boolean endable() {
    return sparedBecause == null && outOfReach == null;
  }

  /**
   * Returns whether it is in its state for at least so long: the one rule by which it is diagnosed,
   * chosen and verified.
   *
   * @param atLeast how long
   * @param serverTime now, by the server's clock
   * @return true from exactly that age on
   */
  public boolean inStateFor(Duration atLeast, Instant serverTime) {
    return inState(serverTime).compareTo(atLeast) >= 0;
  }

  /**
   * Returns how long it has been in its state.
   *
   * @param serverTime now, by the server's clock
   * @return the age, never negative
   */
  public Duration inState(Instant serverTime) {
    return age(stateSince, serverTime);
  }

  /**
   * Returns how long its transaction has been open.
   *
   * @param serverTime now, by the server's clock
   * @return the age, zero if it has no transaction
   */
  public Duration inTransaction(Instant serverTime) {
    return transactionSince == null ? Duration.ZERO : age(transactionSince, serverTime);
  }

  private static Duration age(Instant since, Instant now) {
    var age = Duration.between(since, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
