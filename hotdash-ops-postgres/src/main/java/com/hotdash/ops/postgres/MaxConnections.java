package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.Locale;

/**
 * How many connections there may be, and how many there are.
 *
 * @param capacity the server's numbers
 * @param pooled whether they were read through a pooler, which has limits of its own besides
 * @param source where they were read
 */
public record MaxConnections(Capacity capacity, boolean pooled, String source) {
  /**
   * Returns the server's setting, which no ordinary role can use up.
   *
   * @return {@code max_connections}
   */
  public int max() {
    return capacity.maxConnections();
  }

  /**
   * Returns the slots that ordinary roles never get.
   *
   * @return those for superusers and those for roles with that privilege
   */
  public int reserved() {
    return capacity.superuserReserved() + capacity.reserved();
  }

  /**
   * Returns the slots that ordinary roles can have.
   *
   * @return {@link #max} less {@link #reserved}
   */
  public int usable() {
    return capacity.usable();
  }

  /**
   * Returns the connections of clients, our own included.
   *
   * @return how many there are
   */
  public int used() {
    return capacity.clientBackends();
  }

  /**
   * Returns the slots that ordinary roles can still get.
   *
   * @return never less than zero
   */
  public int free() {
    return capacity.free();
  }

  /**
   * Returns how full the server is.
   *
   * @return {@link #used} by {@link #usable}; more than 1 if reserved slots are in use
   */
  public double ratio() {
    return usable() <= 0 ? 1 : (double) used() / usable();
  }

  /**
   * Returns whose limit this is.
   *
   * @return a clause for a person
   */
  public String whoseLimit() {
    return pooled
        ? "the server's, read through a pooler: what clients may open there is the pooler's own"
            + " limit, which the server does not know"
        : "the server's: it counts every client, poolers' connections too";
  }

  @Override
  public String toString() {
    var page =
        Page.builder()
            .heading(1, "%d of %d usable connections".formatted(used(), usable()))
            .callout(
                ratio() >= 0.85 ? Tone.BAD : ratio() >= 0.7 ? Tone.UNSURE : Tone.GOOD,
                String.format(Locale.ROOT, "%.0f %%", 100 * ratio()),
                free() + " free for ordinary roles")
            .fact("max_connections", String.valueOf(max()))
            .fact(
                "reserved",
                "%d for superusers, %d for pg_use_reserved_connections"
                    .formatted(capacity.superuserReserved(), capacity.reserved()))
            .fact("role " + capacity.role().name(), quota(capacity.role()))
            .fact("database " + capacity.database().name(), quota(capacity.database()))
            .fact("limit", whoseLimit())
            .fact("source", source);
    return page.build().toString();
  }

  private static String quota(Capacity.Quota quota) {
    return quota.used()
        + (quota.limit() == null ? ", no limit of its own" : " of " + quota.limit());
  }
}
