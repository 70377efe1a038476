package com.hotdash.ops.database;

import com.hotdash.ops.resolution.Objection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is where an index is to be built.
 *
 * @param table the table, or {@code null} if none has the name, or several have
 * @param candidates the tables that may have been meant, if {@code table} is {@code null}
 * @param missing the wanted columns that the table does not have
 * @param columns the columns that it has; filled only if one is missing
 * @param index the name that the index would have
 * @param definition the index in the server's own words; empty if it cannot be said
 * @param alike the indexes that are there already: of the same name or of these columns
 * @param holdUps who would hold the build up for longer than it waits
 * @param hidden how many sessions may do so too, and do not show their age to our role
 * @param objections what else this server has against it
 */
public record IndexSite(
    @Nullable Table table,
    List<String> candidates,
    List<String> missing,
    List<String> columns,
    String index,
    String definition,
    List<Alike> alike,
    List<HoldUp> holdUps,
    int hidden,
    List<Objection> objections) {
  /** Copies the lists. */
  public IndexSite {
    candidates = List.copyOf(candidates);
    missing = List.copyOf(missing);
    columns = List.copyOf(columns);
    alike = List.copyOf(alike);
    holdUps = List.copyOf(holdUps);
    objections = List.copyOf(objections);
  }

  /**
   * A table.
   *
   * @param oid its identity
   * @param schema its schema, as the catalogue has it
   * @param name schema and table, quoted where needed
   * @param rows about how many rows it has, or {@code null} if they were never counted
   * @param bytes its size as of its last vacuum or analyze
   * @param indexBytes about how large the index would be, or {@code null} if nothing tells
   */
  public record Table(
      long oid,
      String schema,
      String name,
      @Nullable Long rows,
      long bytes,
      @Nullable Long indexBytes) {}

  /** How an index that is there relates to the wanted one. */
  public enum Likeness {
    /** The same columns in the same order. */
    EQUAL,
    /** The wanted columns are its first ones. */
    COVERS,
    /** Other columns. */
    OTHER
  }

  /**
   * An index that is there.
   *
   * @param likeness how it relates to the wanted one
   * @param sameName whether it has the name that the wanted one would have
   * @param oid its identity
   * @param index its name, as the catalogue has it
   * @param name schema and index, quoted where needed
   * @param valid whether plans can use it
   * @param building whether its build is running right now
   */
  public record Alike(
      Likeness likeness,
      boolean sameName,
      long oid,
      String index,
      String name,
      boolean valid,
      boolean building) {}
}
