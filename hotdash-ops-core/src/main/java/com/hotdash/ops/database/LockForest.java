package com.hotdash.ops.database;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who waits for whom, as trees.
 *
 * @param roots those that block others and wait for nobody, the one with most waiters first
 * @param softBlockers those that wait themselves and hold up others only by standing before them in
 *     the queue, such as an {@code ALTER TABLE}: cancelling one frees all behind it at no loss
 * @param waiting how many sessions wait in all
 */
public record LockForest(List<Blocker> roots, List<Blocker> softBlockers, int waiting) {
  /** Copies the lists. */
  public LockForest {
    roots = List.copyOf(roots);
    softBlockers = List.copyOf(softBlockers);
  }

  /**
   * Returns all that others wait for.
   *
   * @return the roots, then the soft blockers
   */
  public Stream<Blocker> blockers() {
    return Stream.concat(roots.stream(), softBlockers.stream());
  }

  /** Leaves out some waiters, and blockers for whom then nobody waits. */
  LockForest without(Set<Integer> waiters) {
    return new LockForest(strip(roots, waiters), strip(softBlockers, waiters), waiting);
  }

  private static List<Blocker> strip(List<Blocker> blockers, Set<Integer> waiters) {
    return blockers.stream()
        .map(
            each ->
                new Blocker(
                    each.kind(),
                    each.pid(),
                    each.label(),
                    others(each.directWaiters(), waiters),
                    others(each.allWaiters(), waiters)))
        .filter(each -> !each.allWaiters().isEmpty())
        .toList();
  }

  private static List<Integer> others(List<Integer> pids, Set<Integer> left) {
    return pids.stream().filter(pid -> !left.contains(pid)).toList();
  }

  /** What kind of thing blocks others. */
  public enum Kind {
    /** A client that keeps a transaction open and does nothing. */
    IDLE_IN_TRANSACTION,
    /** A client whose statement runs. */
    ACTIVE,
    /** A client that waits for a strong lock, others behind it. */
    WAITING_FOR_STRONG_LOCK,
    /** A running index build or other long maintenance. */
    MAINTENANCE,
    /** The server's own vacuum. */
    AUTOVACUUM,
    /** A prepared transaction, which has no session. */
    PREPARED_TRANSACTION,
    /** Replication or another background worker. */
    BACKGROUND,
    /** Our role may not see what it is. */
    HIDDEN
  }

  /**
   * One that others wait for.
   *
   * @param kind what it is
   * @param pid its process id, 0 for a prepared transaction
   * @param label how a person would call it, such as {@code pid 4711 hotdash_app} or the prepared
   *     transaction's name
   * @param directWaiters the process ids that wait for it itself
   * @param allWaiters the process ids that wait for it through others too: its blast radius
   */
  public record Blocker(
      Kind kind, int pid, String label, List<Integer> directWaiters, List<Integer> allWaiters) {
    /** Copies the lists. */
    public Blocker {
      directWaiters = List.copyOf(directWaiters);
      allWaiters = List.copyOf(allWaiters);
    }
  }
}
