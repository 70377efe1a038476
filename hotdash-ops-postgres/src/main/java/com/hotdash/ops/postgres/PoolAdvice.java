package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import org.jspecify.annotations.Nullable;

/**
 * Whether the application's pools fit into the server's connection slots, and what size would.
 *
 * @param machines how many machines the application runs on
 * @param perMachine how many connections each may open
 * @param usable the slots that an ordinary role can have, or the limit of the database if that is
 *     less
 * @param others slots that other roles' sessions hold right now
 * @param spare slots that are left free on purpose, for migrations and for us: a tenth of the
 *     usable ones, 3 at least
 * @param kind what the application's address leads to
 * @param limit Prisma's {@code connection_limit} in the application's address, or {@code null} if
 *     it has none
 * @param source where it was read
 */
public record PoolAdvice(
    int machines,
    int perMachine,
    int usable,
    int others,
    int spare,
    EndpointKind kind,
    @Nullable Integer limit,
    String source) {

  static PoolAdvice of(
      int machines,
      int perMachine,
      Capacity capacity,
      int others,
      EndpointKind kind,
      @Nullable Integer limit,
      String source) {
    int usable = capacity.usableInDatabase();
    int spare = Math.max(3, usable / 10);
    return new PoolAdvice(machines, perMachine, usable, others, spare, kind, limit, source);
  }

  /**
   * Returns how many connections all machines may open together.
   *
   * @return machines times connections
   */
  public int total() {
    return machines * perMachine;
  }

  /**
   * Returns how many connections there are for all machines together.
   *
   * @return usable slots, less those of others, less the spare ones; never below zero
   */
  public int room() {
    return Math.max(0, usable - others - spare);
  }

  /**
   * Returns the largest size for each machine that fits.
   *
   * @return 0 if not even one connection for each machine fits
   */
  public int largest() {
    return room() / machines;
  }

  /**
   * Returns whether the pools fit as they are. Through a pooler that says nothing: see {@link
   * #kind()}.
   *
   * @return true if all machines together stay within the room
   */
  public boolean fits() {
    return total() <= room();
  }

  /**
   * Returns the change that Prisma needs: the parameter of its address and HotDash's own setting.
   *
   * @return two lines, without the address itself
   */
  public String change() {
    return "DATABASE_URL: set connection_limit=%d%s\nDATABASE_POOL_SIZE=%d"
        .formatted(
            largest(),
            limit == null
                ? " (not given now: Prisma takes 2 x processors + 1)"
                : " (now " + limit + ")",
            largest());
  }

  @Override
  public String toString() {
    var page =
        Page.builder()
            .heading(1, "Pool size")
            .callout(
                kind.pooled() ? Tone.UNSURE : fits() ? Tone.GOOD : Tone.BAD,
                kind.pooled() ? "IF THERE WERE NO POOLER" : fits() ? "FITS" : "TOO LARGE",
                "%d machines x %d = %d connections; room for %d"
                    .formatted(machines, perMachine, total(), room()))
            .fact(
                "room",
                "%d usable slots - %d held by others - %d spare".formatted(usable, others, spare));
    if (kind.pooled()) {
      page.callout(
          Tone.UNSURE,
          "POOLER",
          "the application goes through a "
              + kind.label()
              + ": its connections count against the pooler's client limit, and only the pooler's"
              + " own against these slots. Compare with the pooler's limits before changing it");
    }
    if (largest() == 0) {
      page.callout(
          Tone.BAD,
          "NO ROOM",
          "not one connection for each machine fits: fewer machines or others");
    } else if (largest() != perMachine) {
      page.code("sh", change());
    }
    return page.fact("source", source).build().toString();
  }
}
