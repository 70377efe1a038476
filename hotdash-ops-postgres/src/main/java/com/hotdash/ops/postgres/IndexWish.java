package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.Comparisons.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The index that would serve one statement on one table best, by facts/postgres.md §14: columns
 * compared for equality first, the most distinct first, then one that is compared by range or
 * sorted by; none for a small table, for columns that keep most rows, or where an index serves.
 *
 * @param equalities how many of the columns are compared for equality
 */
record IndexWish(TableFacts table, List<String> columns, int equalities) {
  /** A table of fewer blocks is read whole in a moment: 1,000 are 8 MB. */
  static final int SMALL_PAGES = 1_000;

  /** A column of which one value keeps more of the rows is not worth a place (pghero's bound). */
  private static final double KEEPS_MOST = 0.3;

  /** An index whose first column keeps no more of the rows serves well enough as it is. */
  private static final double KEEPS_FEW = 0.1;

  private static final int MOST_EQUALITIES = 3;

  static Optional<IndexWish> of(Comparisons comparisons, List<TableFacts> known) {
    return comparisons.tables().stream()
        .map(named -> wish(comparisons, named, known))
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(wish -> wish.table().pages()));
  }

  private static Optional<IndexWish> wish(
      Comparisons comparisons, Comparisons.Table named, List<TableFacts> known) {
    var table = find(named, known);
    if (table == null || table.pages() < SMALL_PAGES) {
      return Optional.empty();
    }
    var equal = columns(comparisons, named, table, known, true);
    equal.removeIf(name -> keeps(table, name, 1) > KEEPS_MOST);
    equal.sort(Comparator.comparingDouble(name -> keeps(table, name, 0)));
    if (equal.isEmpty()) {
      // A range alone may keep anything from none to all.
      return Optional.empty();
    }
    var first = List.copyOf(equal.subList(0, Math.min(MOST_EQUALITIES, equal.size())));
    if (served(table, first)) {
      return Optional.empty();
    }
    var columns = new ArrayList<>(first);
    var ranges = columns(comparisons, named, table, known, false);
    ranges.removeAll(equal);
    if (!ranges.isEmpty()) {
      columns.add(ranges.get(0));
    } else if (comparisons.sort() != null
        && belongs(comparisons.sort(), comparisons, named, known)
        && table.columns().containsKey(comparisons.sort().name())
        && !columns.contains(comparisons.sort().name())) {
      columns.add(comparisons.sort().name());
    }
    return Optional.of(new IndexWish(table, List.copyOf(columns), first.size()));
  }

  /**
   * The one table of that name; none if several schemas have one and the statement does not say.
   */
  private static @Nullable TableFacts find(Comparisons.Table named, List<TableFacts> known) {
    var found =
        known.stream()
            .filter(table -> table.name().equals(named.name()))
            .filter(table -> named.schema() == null || table.schema().equals(named.schema()))
            .toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  private static List<String> columns(
      Comparisons comparisons,
      Comparisons.Table named,
      TableFacts table,
      List<TableFacts> known,
      boolean equality) {
    var names = new ArrayList<String>();
    for (var column : comparisons.columns()) {
      if (column.equality() == equality
          && table.columns().containsKey(column.name())
          && belongs(column, comparisons, named, known)
          && !names.contains(column.name())) {
        names.add(column.name());
      }
    }
    return names;
  }

  /**
   * Whether a column is this table's, by its qualifier, or since no other table has one so named.
   */
  private static boolean belongs(
      Column column, Comparisons all, Comparisons.Table named, List<TableFacts> known) {
    if (column.qualifier() != null) {
      return column.qualifier().equals(named.alias());
    }
    return all.tables().stream()
        .filter(other -> !other.equals(named))
        .map(other -> find(other, known))
        .noneMatch(other -> other == null || other.columns().containsKey(column.name()));
  }

  private static double keeps(TableFacts table, String name, double weight) {
    var values = table.columns().get(name);
    var share = values == null ? null : values.share(table.rows());
    // What is not known counts as kept few for the choice, and comes last in the order.
    return share == null ? (weight > 0 ? 0 : 1) : share;
  }

  private static boolean served(TableFacts table, List<String> equal) {
    var wanted = new HashSet<>(equal);
    for (var index : table.indexes()) {
      var prefix = Set.copyOf(index.subList(0, Math.min(wanted.size(), index.size())));
      if (prefix.equals(wanted)) {
        return true;
      }
      var lead = index.isEmpty() ? "" : index.get(0);
      // Its share being unknown counts as few: better no advice than a second index for nothing.
      if (wanted.contains(lead) && keeps(table, lead, 1) <= KEEPS_FEW) {
        return true;
      }
    }
    return false;
  }

  /** The share of the rows that the equalities keep together, if all are known. */
  @Nullable Double share() {
    double product = 1;
    for (var name : columns.subList(0, equalities)) {
      var values = table.columns().get(name);
      var share = values == null ? null : values.share(table.rows());
      if (share == null) {
        return null;
      }
      product *= share;
    }
    return product;
  }

  /** Entries of about the columns' width and 16 bytes of overhead each. */
  long estimatedBytes() {
    long width = 16;
    for (var name : columns) {
      var values = table.columns().get(name);
      width += values == null ? 8 : values.width();
    }
    return Math.max(0, table.rows()) * width;
  }
}
