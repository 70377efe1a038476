package com.hotdash.ops.database;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that cost most within an interval. A statement counts when it ends: one that still
 * runs is in no figure.
 *
 * @param window how long the interval was
 * @param statements those that cost most time in all, most first
 * @param missing indexes that they seem to lack
 * @param running how many statements had been running since before the interval; {@code null} if
 *     that could not be seen
 * @param hidden how many statements our role may not see
 * @param caveats what the figures do not tell: resets, entries thrown out
 */
public record SlowStatements(
    Duration window,
    List<Statement> statements,
    List<MissingIndex> missing,
    @Nullable Integer running,
    int hidden,
    List<String> caveats) {
  /** Copies the lists. */
  public SlowStatements {
    statements = List.copyOf(statements);
    missing = List.copyOf(missing);
    caveats = List.copyOf(caveats);
  }

  /**
   * One statement, all its calls by one role in one database together.
   *
   * @param queryId the server's number for it
   * @param user the role's name
   * @param database the database's name
   * @param query its text with values masked, shortened; empty if it is hidden
   * @param calls how often it ended
   * @param total the time that all its calls took
   * @param share its part of the time of all statements of the interval, 0 to 1
   * @param atLeast whether the figures are lower bounds
   */
  public record Statement(
      long queryId,
      String user,
      String database,
      String query,
      long calls,
      Duration total,
      double share,
      boolean atLeast) {
    /**
     * Returns the mean time of one call.
     *
     * @return zero if none ended
     */
    public Duration mean() {
      return calls == 0 ? Duration.ZERO : total.dividedBy(calls);
    }
  }

  /**
   * An index that a statement seems to lack.
   *
   * @param schema the table's schema
   * @param table the table
   * @param columns its columns, in order
   * @param queryId the statement's number
   * @param proven whether the server's own plan says so; if not, the statement's text alone does
   * @param why the reason, with numbers
   */
  public record MissingIndex(
      String schema, String table, List<String> columns, long queryId, boolean proven, String why) {
    /** Copies the columns. */
    public MissingIndex {
      columns = List.copyOf(columns);
    }
  }
}
