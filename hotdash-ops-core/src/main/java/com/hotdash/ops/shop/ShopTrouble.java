package com.hotdash.ops.shop;

/** What a shop's answer comes to, told apart because each wants something else to be done. */
public enum ShopTrouble {
  /** It answered what was asked. */
  NONE("answers"),
  /** The budget of calls is used up. */
  THROTTLED("throttles: the budget of calls is used up"),
  /** The token is absent, wrong, expired or revoked. */
  UNAUTHORIZED("does not accept the token"),
  /** The token is good, and may not do this. */
  NOT_PERMITTED("does not let the token do this"),
  /** The shop is frozen for an unpaid bill. */
  FROZEN("is frozen: its bill is unpaid"),
  /** The shop is locked for abuse of limits, or was broken into. */
  LOCKED("is locked: limits were abused again and again, or it was broken into"),
  /** The shop is paused or blocked. */
  INACTIVE("is paused or blocked"),
  /** The traffic is taken for an attack. */
  REJECTED("takes the traffic for an attack"),
  /** A limit on a resource is reached, which is a matter of a day. */
  RESOURCE_LIMITED("has reached a limit that is a matter of a day, not of seconds"),
  /** The service gave up on the answer by itself. */
  TIMED_OUT("gave up on its own answer"),
  /** Something broke on the service's side. */
  FAILED("has trouble of its own"),
  /** There is no such shop, path or version. */
  NOT_FOUND("is not to be found at that address"),
  /** The answer is none that this version understands. */
  NOT_UNDERSTOOD("answers something that is not understood");

  private final String clause;

  ShopTrouble(String clause) {
    this.clause = clause;
  }

  /**
   * Returns what the shop does, for people.
   *
   * @return a clause that begins with a verb
   */
  public String clause() {
    return clause;
  }

  /**
   * Returns whether it may be over with the next call, so that one such answer proves little.
   *
   * @return true for what the service has trouble with by itself; what it refuses, it refuses again
   */
  public boolean passing() {
    return this == TIMED_OUT || this == FAILED;
  }
}
