package com.hotdash.ops.procedure;

import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.database.LockForest.Blocker;
import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.procedure.DatabaseSessions.LockQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What to do about those that others wait for, and which of them to leave alone. */
final class LockAdvice {
  private final LockQueue queue;
  private final Map<Integer, Session> notEndable;
  private final Map<Integer, String> changes;
  private final Set<Integer> dealtWith;

  /**
   * @param notEndable the sessions that are meant to stay or are out of our reach, by process id
   * @param changes the schema changes that run and do not wait, by process id
   * @param dealtWith the process ids that another recommendation is about
   */
  LockAdvice(
      LockQueue queue,
      Map<Integer, Session> notEndable,
      Map<Integer, String> changes,
      Set<Integer> dealtWith) {
    this.queue = queue;
    this.notEndable = notEndable;
    this.changes = changes;
    this.dealtWith = dealtWith;
  }

  /** The gentlest cure: it frees all behind it at once, and what is cancelled had not begun. */
  List<Recommendation> queueHeads() {
    var heads =
        queue.forest().softBlockers().stream()
            .filter(head -> head.kind() == Kind.WAITING_FOR_STRONG_LOCK)
            .filter(head -> !notEndable.containsKey(head.pid()))
            .toList();
    if (heads.isEmpty()) {
      return List.of();
    }
    var head = heads.get(0);
    return List.of(
        Recommendation.resolution(
            EndSessions.ID,
            "cancel the statement of " + head.label() + more(heads) + ", which itself only waits",
            "it frees "
                + Count.sessions(head.allWaiters().size())
                + " behind it at once, and nothing is lost: it can be retried with"
                + " lock_timeout",
            DatabaseConnectionAdvice.remedy("cancelQueueHeads")));
  }

  /** One recommendation for all that may be ended, in the place of the worst of them. */
  List<Recommendation> roots() {
    var list = new ArrayList<Recommendation>();
    var ends = queue.forest().roots().stream().filter(this::mayBeEnded).toList();
    for (var root : queue.forest().roots()) {
      if (!mayBeEnded(root)) {
        leave(root, list);
      } else if (root.equals(ends.get(0))) {
        list.add(
            Recommendation.resolution(
                EndSessions.ID,
                (root.kind() == Kind.ACTIVE
                        ? "cancel the running statement of "
                        : "end the idle session of ")
                    + root.label()
                    + more(ends),
                behind(root)
                    + (root.kind() == Kind.ACTIVE
                        ? "; what the statement did so far is rolled back"
                        : "; it does nothing and holds a lock"),
                DatabaseConnectionAdvice.remedy("endBlockers")));
      }
    }
    return list;
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    for (var root : queue.forest().roots()) {
      if (root.kind() == Kind.AUTOVACUUM) {
        list.add(
            new Contraindication(
                "database.end-autovacuum",
                "end " + root.label(),
                "an ordinary vacuum gives way by itself; one that does not works against"
                    + " wraparound and starts again from nothing"));
      } else if (root.kind() == Kind.MAINTENANCE) {
        list.add(
            new Contraindication(
                "database.end-maintenance",
                "end " + root.label() + " before knowing how far it is",
                "its work is lost, and an index build leaves an invalid index behind"));
      } else if (root.kind() == Kind.BACKGROUND) {
        list.add(
            new Contraindication(
                "database.end-background",
                "end " + root.label(),
                "it is the server's own or a replica's worker"));
      } else if (meantToStay(root)) {
        list.add(
            new Contraindication("database.end-protected", "end " + root.label(), reason(root)));
      }
    }
    return list;
  }

  private boolean mayBeEnded(Blocker root) {
    return (root.kind() == Kind.ACTIVE || root.kind() == Kind.IDLE_IN_TRANSACTION)
        && !notEndable.containsKey(root.pid())
        && !changes.containsKey(root.pid())
        && !dealtWith.contains(root.pid());
  }

  private void leave(Blocker root, List<Recommendation> list) {
    if (dealtWith.contains(root.pid())) {
      return;
    }
    switch (root.kind()) {
      case PREPARED_TRANSACTION ->
          advise(
              list,
              "prepared-transaction",
              "commit or roll back the " + root.label() + " with whoever prepared it",
              "; it has no session that could be ended, and outlives a restart",
              "select gid, owner, database, prepared from pg_prepared_xacts order by prepared;",
              root);
      case HIDDEN ->
          advise(
              list,
              "see-blocker",
              "let our role see what " + root.label() + " is",
              "",
              "ops.checkAccess()",
              root);
      case AUTOVACUUM ->
          advise(
              list,
              "wait-for-autovacuum",
              "let " + root.label() + " finish",
              "; it gives way by itself within a second unless it works against wraparound",
              "select pid, phase, heap_blks_scanned, heap_blks_total from"
                  + " pg_stat_progress_vacuum;",
              root);
      case MAINTENANCE ->
          advise(
              list,
              "wait-for-maintenance",
              "see how far " + root.label() + " is, then wait or ask whoever started it",
              "",
              "select pid, command, phase, blocks_done, blocks_total from"
                  + " pg_stat_progress_create_index;",
              root);
      default -> {
        if (notEndable.containsKey(root.pid()) && !meantToStay(root)) {
          advise(
              list,
              "out-of-reach",
              "let our role end sessions, or ask whoever may to end " + root.label(),
              "; " + reason(root),
              "ops.checkAccess()",
              root);
        } else {
          advise(
              list,
              "ask-owner",
              "ask whoever runs " + root.label() + " whether it can stop",
              "; nobody should end it: " + reason(root),
              "",
              root);
        }
      }
    }
  }

  private static void advise(
      List<Recommendation> list,
      String id,
      String what,
      String because,
      String line,
      Blocker root) {
    list.add(Recommendation.advice("database." + id, what, behind(root) + because, line));
  }

  private boolean meantToStay(Blocker root) {
    var session = notEndable.get(root.pid());
    return session != null && session.sparedBecause() != null;
  }

  private String reason(Blocker root) {
    var session = notEndable.get(root.pid());
    if (session != null && session.sparedBecause() != null) {
      return session.sparedBecause();
    }
    if (session != null && session.outOfReach() != null) {
      return session.outOfReach();
    }
    var change = changes.get(root.pid());
    return change == null ? "it is not a client's" : "it runs " + change;
  }

  private static String behind(Blocker root) {
    return Count.waiting(root.allWaiters().size()) + " for it";
  }

  private static String more(List<Blocker> all) {
    return all.size() > 1 ? " and of " + (all.size() - 1) + " more" : "";
  }
}
