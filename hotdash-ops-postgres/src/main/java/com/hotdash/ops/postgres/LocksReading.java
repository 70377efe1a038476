package com.hotdash.ops.postgres;

import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.LockForest.Blocker;
import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.util.Comparator;
import java.util.List;

/** Reads who waits for whom, and makes trees of it. */
final class LocksReading {
  private static final Comparator<Blocker> WORST_FIRST =
      Comparator.<Blocker>comparingInt(blocker -> -blocker.allWaiters().size())
          .thenComparingInt(Blocker::pid)
          .thenComparing(Blocker::label);

  private static final String BY_HAND =
      "select pid, pg_blocking_pids(pid) as blocked_by, usename, state, query from"
          + " pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0;";

  private LocksReading() {}

  static Reading<LockForest> of(PgLink link, Deadline deadline) throws PgTrouble {
    var rows = LockRows.read(link, deadline);
    var forest = forest(rows, link);
    var evidence = link.evidence(value(forest), "pg_locks", rows.serverTime, BY_HAND);
    long hidden = forest.roots().stream().filter(root -> root.kind() == Kind.HIDDEN).count();
    return Reading.of(
        forest,
        hidden == 0
            ? evidence
            : evidence.withCoverage(
                "what %d of %d roots are is hidden; %s"
                    .formatted(hidden, forest.roots().size(), Grants.monitor(link.role()))));
  }

  static LockForest forest(LockRows rows, PgLink link) {
    var graph = rows.graph;
    var roots =
        graph.roots().stream()
            .map(node -> blocker(rows, node, link, false))
            .sorted(WORST_FIRST)
            .toList();
    var soft =
        rows.strong.stream()
            .filter(graph.blockers()::contains)
            .filter(graph.waiting()::contains)
            .map(node -> blocker(rows, node, link, true))
            .sorted(WORST_FIRST)
            .toList();
    return new LockForest(roots, soft, graph.waiting().size());
  }

  private static Blocker blocker(LockRows rows, int node, PgLink link, boolean soft) {
    var who = rows.who.getOrDefault(node, new LockRows.Who(Kind.HIDDEN, "pid " + node));
    return new Blocker(
        soft ? Kind.WAITING_FOR_STRONG_LOCK : who.kind(),
        Math.max(0, node),
        link.redactor().redact(who.label()),
        rows.graph.direct(node),
        rows.graph.all(node));
  }

  private static String value(LockForest forest) {
    if (forest.waiting() == 0) {
      return "nobody waits for a lock";
    }
    return forest.waiting()
        + " sessions wait for locks"
        + first("; behind ", forest.roots())
        + first("; in the queue before others: ", forest.softBlockers());
  }

  private static String first(String lead, List<Blocker> blockers) {
    return blockers.isEmpty()
        ? ""
        : "%s%s (holds up %d)%s"
            .formatted(
                lead,
                blockers.get(0).label(),
                blockers.get(0).allWaiters().size(),
                blockers.size() == 1 ? "" : " and " + (blockers.size() - 1) + " more");
  }
}
