package com.hotdash.ops.database;

import com.hotdash.ops.resolution.Objection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an index that is to be dropped.
 *
 * @param found the index, or {@code null} if none has the name, or several have
 * @param candidates the indexes that may have been meant, if {@code found} is {@code null}
 * @param foreignKeys foreign keys that would have no index left, so that each delete from the other
 *     table would read this one whole
 * @param holdUps who would hold it up for longer than it waits
 * @param hidden how many sessions may do so too, and do not show their age to our role
 * @param objections what else this server has against it
 */
public record IndexFacts(
    @Nullable Found found,
    List<String> candidates,
    List<String> foreignKeys,
    List<HoldUp> holdUps,
    int hidden,
    List<Objection> objections) {
  /** Copies the lists. */
  public IndexFacts {
    candidates = List.copyOf(candidates);
    foreignKeys = List.copyOf(foreignKeys);
    holdUps = List.copyOf(holdUps);
    objections = List.copyOf(objections);
  }

  /**
   * An index.
   *
   * @param oid its identity
   * @param schema its schema, as the catalogue has it
   * @param index its name, as the catalogue has it
   * @param name schema and index, quoted where needed
   * @param table the identity of its table
   * @param tableName schema and table, quoted where needed
   * @param valid whether plans can use it
   * @param building whether its build is running right now
   * @param unique whether it keeps values from being there twice
   * @param repeatable whether its definition can be sent again as it stands
   * @param definition the index in the server's own words
   * @param bytes about how large it is
   * @param scans how often plans used it, on this server
   * @param countedSince since when that is counted, or {@code null} since ever
   * @param lastScan when it was used last, or {@code null} if that is not known
   */
  public record Found(
      long oid,
      String schema,
      String index,
      String name,
      long table,
      String tableName,
      boolean valid,
      boolean building,
      boolean unique,
      boolean repeatable,
      String definition,
      long bytes,
      long scans,
      @Nullable Instant countedSince,
      @Nullable Instant lastScan) {}
}
