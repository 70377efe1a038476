package com.hotdash.ops.postgres;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables with most dead rows, as the server counts them; a crash loses the counts.
 *
 * @param tables most dead rows first, at most 50
 * @param autovacuum whether the server vacuums by itself
 */
public record TableHealth(List<Table> tables, boolean autovacuum) {
  /** Copies the tables. */
  public TableHealth {
    tables = List.copyOf(tables);
  }

  /**
   * One table.
   *
   * @param name schema and table
   * @param liveRows about how many rows it has
   * @param deadRows about how many old versions wait to be cleaned up
   * @param triggerRows at how many dead rows the server would vacuum it by itself, or {@code null}
   *     if that is switched off for it
   * @param lastVacuum when it was last vacuumed, by hand or not, or {@code null} if never
   * @param lastAnalyze when its statistics were last taken, or {@code null} if never
   */
  public record Table(
      String name,
      long liveRows,
      long deadRows,
      @Nullable Long triggerRows,
      @Nullable Instant lastVacuum,
      @Nullable Instant lastAnalyze) {
    /** Small tables are full of dead rows in a moment, and it does not matter. */
    private static final long FEW = 10_000;

    /**
     * Returns whether cleaning up does not keep pace: twice as many dead rows as should have set a
     * vacuum off, and more than 10,000.
     *
     * @return true if so
     */
    public boolean behind() {
      return deadRows > FEW
          && (triggerRows == null ? deadRows > liveRows / 5 : deadRows > 2 * triggerRows);
    }
  }
}
