package com.hotdash.ops.database;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that somebody wants. All names are taken literally, as the catalogue has them: in their
 * own case, without quotes; whatever they hold, they are never taken for SQL.
 *
 * @param table the table, with its schema before a dot where more than one table has the name
 * @param columns its columns, in the index's order, at least one
 * @param name the index's name, or {@code null} for table, columns and {@code idx}
 * @param statement the statement that is to become faster, with {@code $1} for its values, or
 *     {@code null}; it is explained before and after, never run, and kept in the journal
 */
public record NewIndex(
    String table, List<String> columns, @Nullable String name, @Nullable String statement) {
  /** PostgreSQL cuts longer names, by bytes: NAMEDATALEN - 1. */
  static final int NAME_BYTES = 63;

  // INDEX_MAX_KEYS of PostgreSQL.
  private static final int MOST_COLUMNS = 32;
  private static final int LONGEST_STATEMENT = 10_000;
  private static final String SUFFIX = "_idx";

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a name is empty, too long or holds a control character, if
   *     a column is named twice, or if there are none or more than 32
   */
  public NewIndex {
    columns = List.copyOf(columns);
    check("table", table, 2 * NAME_BYTES + 1);
    columns.forEach(column -> check("column", column, NAME_BYTES));
    if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
      throw new IllegalArgumentException("an index has 1 to 32 columns, not " + columns.size());
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new IllegalArgumentException("a column is named twice: " + columns);
    }
    if (name != null) {
      check("index", name, NAME_BYTES);
    }
    if (statement != null && (statement.isBlank() || statement.length() > LONGEST_STATEMENT)) {
      throw new IllegalArgumentException(
          "a statement has 1 to " + LONGEST_STATEMENT + " characters, not " + statement.length());
    }
  }

  /**
   * Wants an index.
   *
   * @param table the table
   * @param columns its columns, in the index's order
   * @return the wish
   * @throws IllegalArgumentException as the constructor
   */
  public static NewIndex on(String table, String... columns) {
    return new NewIndex(table, List.of(columns), null, null);
  }

  /**
   * Gives the index a name.
   *
   * @param index at most 63 bytes
   * @return a changed copy
   */
  public NewIndex named(String index) {
    return new NewIndex(table, columns, index, statement);
  }

  /**
   * Names the statement that is to become faster: its plan is shown before and after.
   *
   * @param sql one statement, with {@code $1} for its values
   * @return a changed copy
   */
  public NewIndex forStatement(String sql) {
    return new NewIndex(table, columns, name, sql);
  }

  /**
   * Tells the name that the index gets on a table: its own, or the one that Prisma would give it.
   *
   * @param relation the table's name without a schema
   * @return at most 63 bytes
   */
  public String nameOn(String relation) {
    if (name != null) {
      return name;
    }
    var stem = relation + "_" + String.join("_", columns);
    while (bytes(stem) > NAME_BYTES - SUFFIX.length()) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem + SUFFIX;
  }

  static void check(String what, String name, int bytes) {
    if (name.isEmpty() || bytes(name) > bytes) {
      throw new IllegalArgumentException(
          what + ": a name has 1 to " + bytes + " bytes, not " + bytes(name));
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + ": a name holds no control character");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return "index on " + table + " (" + String.join(", ", columns) + ")";
  }
}
