package com.hotdash.ops.logs;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Groups by fingerprint, in bounded memory. When there are more of them than twice the number that
 * a result shows (at least 1,000), all are told apart by less: by the innermost frame and the first
 * words, then by type, code and status, then by code and status, at last by status alone, of which
 * there are 500. So nothing is dropped while lines pass, a frequent error least of all, and neither
 * the order of lines nor their division among threads changes the outcome: how coarse it gets
 * depends only on which errors there are.
 */
final class GroupTable {
  private static final int COARSEST = 5;

  private final int shown;
  private final int most;
  private int coarseness;
  private TreeMap<String, Group> groups = new TreeMap<>();

  GroupTable(int shown) {
    this.shown = shown;
    this.most = Math.max(1_000, (int) Math.min(1_000_000L, 2L * shown));
  }

  Group get(Identity exact) {
    var identity = exact.coarse(coarseness);
    var group = groups.computeIfAbsent(identity.fingerprint(), f -> new Group(identity));
    group.sees(identity);
    if (groups.size() <= most) {
      return group;
    }
    coarsen();
    return get(exact);
  }

  void merge(GroupTable other) {
    while (coarseness < other.coarseness) {
      coarsen(coarseness + 1);
    }
    other.groups.values().forEach(this::take);
    coarsen();
  }

  private void coarsen() {
    while (groups.size() > most && coarseness < COARSEST) {
      coarsen(coarseness + 1);
    }
  }

  private void coarsen(int level) {
    coarseness = level;
    var finer = groups;
    groups = new TreeMap<>();
    finer.values().forEach(this::take);
  }

  private void take(Group group) {
    var identity = group.identity().coarse(coarseness);
    groups.computeIfAbsent(identity.fingerprint(), f -> new Group(identity)).merge(group);
  }

  /** How many a result shows at most. */
  int shown() {
    return shown;
  }

  /** Whether there were so many that they had to be told apart by less than usual. */
  boolean coarse() {
    return coarseness > 0;
  }

  Collection<Group> values() {
    return List.copyOf(groups.values());
  }
}
