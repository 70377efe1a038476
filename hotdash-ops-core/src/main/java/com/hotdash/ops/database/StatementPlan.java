package com.hotdash.ops.database;

import java.util.List;
import java.util.Locale;

/**
 * How the server would run a statement.
 *
 * @param cost what the planner reckons, in its own units, which are no time
 * @param indexes the names of the indexes that it uses
 * @param readWhole the tables that it reads whole
 */
public record StatementPlan(double cost, List<String> indexes, List<String> readWhole) {
  /** Copies the lists. */
  public StatementPlan {
    indexes = List.copyOf(indexes);
    readWhole = List.copyOf(readWhole);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "cost %.0f, ", cost)
        + (indexes.isEmpty() ? "no index" : "by " + String.join(", ", indexes))
        + (readWhole.isEmpty() ? "" : ", reads all of " + String.join(", ", readWhole));
  }
}
