package com.hotdash.ops.postgres;

/** What an address leads to, told from its host, its port and its parameters alone. */
public enum EndpointKind {
  /** The server itself, as far as the address tells. */
  DIRECT("direct", false, true, "nothing is held back here by a pooler"),
  /** A Supabase project's server itself: {@code db.<ref>.supabase.co:5432}. */
  SUPABASE_DIRECT(
      "Supabase direct",
      false,
      true,
      "nothing is held back by a pooler, but without the IPv4 add-on the name has an IPv6 address"
          + " only"),
  /** Supabase's shared pooler, session mode: port 5432. */
  SUPABASE_SESSION_POOLER(
      "Supabase session pooler",
      true,
      true,
      "session mode: session state, advisory locks, LISTEN, SET and CREATE INDEX CONCURRENTLY"
          + " work, but there are no more clients at once than the pool is large"),
  /** Supabase's shared pooler, transaction mode: port 6543. */
  SUPABASE_TRANSACTION_POOLER(
      "Supabase transaction pooler", true, false, EndpointKind.TRANSACTION_MODE),
  /** A Supabase project's own PgBouncer, transaction mode: {@code db.<ref>.supabase.co:6543}. */
  SUPABASE_DEDICATED_POOLER(
      "Supabase dedicated pooler", true, false, EndpointKind.TRANSACTION_MODE),
  /** Another pooler, taken to be in transaction mode. */
  POOLER("pooler", true, false, EndpointKind.TRANSACTION_MODE);

  private static final String TRANSACTION_MODE =
      "transaction mode: no session state, no session advisory locks, no LISTEN, no SET (it leaks"
          + " to other clients: SET LOCAL only), no startup options, no CREATE INDEX CONCURRENTLY"
          + " with timeouts of its own; these need a direct or session address";

  private final String label;
  private final boolean pooled;
  private final boolean keepsSession;
  private final String limits;

  EndpointKind(String label, boolean pooled, boolean keepsSession, String limits) {
    this.label = label;
    this.pooled = pooled;
    this.keepsSession = keepsSession;
    this.limits = limits;
  }

  /**
   * Returns the name as a person reads it.
   *
   * @return such as {@code Supabase session pooler}
   */
  public String label() {
    return label;
  }

  /**
   * Returns whether a pooler stands between us and the server.
   *
   * @return true for every kind of pooler
   */
  public boolean pooled() {
    return pooled;
  }

  /**
   * Returns whether Supabase runs what the address leads to.
   *
   * @return true for its servers and its poolers
   */
  public boolean supabase() {
    return this != DIRECT && this != POOLER;
  }

  /**
   * Returns whether two transactions of one connection meet the same server session, which session
   * advisory locks, LISTEN, SET and {@code pg_backend_pid()} need to mean anything.
   *
   * @return false in transaction mode
   */
  public boolean keepsSession() {
    return keepsSession;
  }

  /**
   * Returns what cannot be done through such an address.
   *
   * @return a clause without a full stop
   */
  public String limits() {
    return limits;
  }
}
