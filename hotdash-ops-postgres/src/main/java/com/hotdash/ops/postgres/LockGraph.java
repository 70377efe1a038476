package com.hotdash.ops.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who waits for whom, as edges. It is walked node by node: the number of paths doubles with every
 * waiter on one row, the number of nodes does not. Nodes are process ids, or negative numbers for
 * what has no process.
 */
final class LockGraph {
  private final Map<Integer, Set<Integer>> waitersOf = new TreeMap<>();
  private final Set<Integer> waiting = new TreeSet<>();

  /** Those among sessions; what stands for prepared transactions is left out. */
  static LockGraph of(List<LockRows.Edge> edges) {
    var graph = new LockGraph();
    edges.stream()
        .filter(edge -> edge.blocker() != LockRows.PREPARED_PID)
        .forEach(edge -> graph.add(edge.blocked(), edge.blocker()));
    return graph;
  }

  void add(int blocked, int blocker) {
    waiting.add(blocked);
    // A session that waits for its own prepared transaction or worker leads nowhere.
    if (blocked != blocker) {
      waitersOf.computeIfAbsent(blocker, none -> new TreeSet<>()).add(blocked);
    }
  }

  /** Those that wait for somebody. */
  Set<Integer> waiting() {
    return Collections.unmodifiableSet(waiting);
  }

  /** Those that somebody waits for. */
  Set<Integer> blockers() {
    return Collections.unmodifiableSet(waitersOf.keySet());
  }

  /** Those that somebody waits for and that wait for nobody. None of a mere cycle. */
  List<Integer> roots() {
    return waitersOf.keySet().stream().filter(node -> !waiting.contains(node)).toList();
  }

  List<Integer> direct(int blocker) {
    return sorted(waitersOf.getOrDefault(blocker, Set.of()));
  }

  /** All that wait for it, themselves or through others, itself left out. */
  List<Integer> all(int blocker) {
    var seen = new HashMap<Integer, Boolean>();
    var next = new ArrayDeque<Integer>();
    next.add(blocker);
    seen.put(blocker, true);
    for (var node = next.poll(); node != null; node = next.poll()) {
      for (var waiter : waitersOf.getOrDefault(node, Set.of())) {
        if (seen.put(waiter, true) == null) {
          next.add(waiter);
        }
      }
    }
    seen.remove(blocker);
    return sorted(seen.keySet());
  }

  private static List<Integer> sorted(Collection<Integer> nodes) {
    var list = new ArrayList<>(nodes);
    Collections.sort(list);
    return list;
  }
}
