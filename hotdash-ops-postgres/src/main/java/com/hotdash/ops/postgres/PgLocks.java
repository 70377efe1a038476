package com.hotdash.ops.postgres;

import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.LockForest.Blocker;
import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which lock, and for whom. The pairs are the server's own ({@code
 * pg_blocking_pids}), with those that only stand before others in a queue, and with prepared
 * transactions, which have no session. Needs no right for the pairs; without {@code pg_monitor}
 * what other roles' sessions do is hidden.
 *
 * @param forest the roots of all waiting, and those that stand in the queue before others
 * @param waiters those that wait, the longest wait first
 * @param serverTime when it was read, by the server's clock
 * @param source where it was read
 */
public record PgLocks(LockForest forest, List<Waiter> waiters, Instant serverTime, String source) {
  private static final int SHOWN = 5;
  private static final int ROOTS_SHOWN = 3;

  /** Copies the waiters. */
  public PgLocks {
    waiters = List.copyOf(waiters);
  }

  /**
   * A session that waits for a lock.
   *
   * @param pid its process id
   * @param label how a person would call it
   * @param wants the lock, such as {@code relation public.orders AccessExclusiveLock}; a row shows
   *     as {@code transactionid} or {@code tuple}; empty if it had got it a moment later
   * @param waited how long it has waited, or {@code null} before version 14, which does not say
   * @param query its statement with values masked; empty if hidden
   * @param blockedBy whom it waits for
   */
  public record Waiter(
      int pid,
      String label,
      String wants,
      @Nullable Duration waited,
      String query,
      List<Blocking> blockedBy) {
    static final Comparator<Waiter> LONGEST_FIRST =
        Comparator.<Waiter, Duration>comparing(
                each -> each.waited() == null ? Duration.ZERO : each.waited())
            .reversed()
            .thenComparingInt(Waiter::pid);

    /** Copies the blockers. */
    public Waiter {
      blockedBy = List.copyOf(blockedBy);
    }
  }

  /**
   * One that is waited for.
   *
   * @param pid its process id, 0 for a prepared transaction
   * @param gid the prepared transaction's identifier, or {@code null} for a session
   */
  public record Blocking(int pid, @Nullable String gid) {
    @Override
    public String toString() {
      return gid == null ? String.valueOf(pid) : "prepared " + gid;
    }
  }

  static PgLocks read(PgLink link, Deadline deadline) throws PgTrouble {
    var waits = new LockWaits(link.redactor());
    var rows = LockRows.read(link, deadline, waits.ask);
    return new PgLocks(
        LocksReading.forest(rows, link), waits.of(rows), rows.serverTime, link.source("pg_locks"));
  }

  @Override
  public String toString() {
    var page =
        Page.builder()
            .heading(
                1,
                waiters.isEmpty()
                    ? "Nobody waits for a lock"
                    : "%d sessions wait for locks, behind %d root%s"
                        .formatted(
                            waiters.size(),
                            forest.roots().size(),
                            forest.roots().size() == 1 ? "" : "s"));
    forest.roots().stream()
        .limit(ROOTS_SHOWN)
        .forEach(root -> page.callout(Tone.BAD, "ROOT", describe(root)));
    if (forest.roots().size() > ROOTS_SHOWN) {
      page.paragraph((forest.roots().size() - ROOTS_SHOWN) + " more: see forest().roots()");
    }
    forest.softBlockers().stream()
        .limit(1)
        .forEach(
            soft ->
                page.callout(
                    Tone.UNSURE, "IN THE QUEUE", describe(soft) + "; cancel it first, at no loss"));
    if (!waiters.isEmpty()) {
      page.table(
          List.of(
              Column.number("pid"),
              Column.number("waits"),
              Column.text("blocked by"),
              Column.text("wants"),
              Column.text("query")),
          waiters.stream().limit(SHOWN).map(PgLocks::row).toList());
    }
    if (waiters.size() > SHOWN) {
      page.paragraph((waiters.size() - SHOWN) + " more: see waiters()");
    }
    return page.fact("source", source).build().toString();
  }

  private static String describe(Blocker blocker) {
    return blocker.label() + " holds up " + blocker.allWaiters().size() + ": " + cure(blocker);
  }

  // Facts/postgres.md §10: kinds of root and the first cure.
  private static String cure(Blocker blocker) {
    return switch (blocker.kind()) {
      case IDLE_IN_TRANSACTION -> "ask its client, then terminate it";
      case ACTIVE -> "cancel its statement if it can be spared";
      case WAITING_FOR_STRONG_LOCK -> "it waits itself and stands before others";
      case MAINTENANCE -> "an index build or vacuum: let it end, or cancel it knowingly";
      case AUTOVACUUM -> "it gives way by itself unless it prevents wraparound: never kill it";
      case PREPARED_TRANSACTION -> "decide by its gid: ROLLBACK PREPARED or COMMIT PREPARED";
      case BACKGROUND -> "replication or another worker: leave it";
      case HIDDEN -> "hidden from our role; pg_monitor shows what it is";
    };
  }

  private static List<String> row(Waiter waiter) {
    var by = waiter.blockedBy();
    return List.of(
        String.valueOf(waiter.pid()),
        waiter.waited() == null ? "?" : ActiveQueries.age(waiter.waited()),
        by.stream().limit(3).map(Blocking::toString).collect(Collectors.joining(" "))
            + (by.size() > 3 ? " +" + (by.size() - 3) : ""),
        waiter.wants(),
        waiter.query());
  }

  /**
   * Returns how many roots do not show to our role what they are.
   *
   * @return more than 0 means that {@code pg_monitor} is missing
   */
  public int hidden() {
    return (int) forest.roots().stream().filter(root -> root.kind() == Kind.HIDDEN).count();
  }
}
