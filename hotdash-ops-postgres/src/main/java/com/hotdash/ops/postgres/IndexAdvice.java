package com.hotdash.ops.postgres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An index that a slow statement seems to lack. Advice only: what it costs in writes and space is
 * told, and unless its basis is {@link Basis#TRIED}, whether the planner would use it is not known
 * before it is built.
 *
 * @param schema the table's schema
 * @param table the table
 * @param columns its columns, in order: those compared for equality first
 * @param queryId the statement's number
 * @param basis what it rests on
 * @param why the reason, with numbers
 * @param writes how many rows were inserted, changed and deleted since the statistics began: each
 *     would cost a little more
 * @param estimatedBytes about how large the index would be
 */
public record IndexAdvice(
    String schema,
    String table,
    List<String> columns,
    long queryId,
    Basis basis,
    String why,
    long writes,
    long estimatedBytes) {
  /** Copies the columns. */
  public IndexAdvice {
    columns = List.copyOf(columns);
  }

  /** What an advice rests on. */
  public enum Basis {
    /** The server's plan of the statement reads the whole table to filter by these columns. */
    PLANNED,
    /** The server's planner would use it: asked with an index that hypopg pretends is there. */
    TRIED,
    /** The statement's text alone: no plan could be had. */
    UNPROVEN
  }

  /**
   * Returns the statement that builds it without blocking writes. It must be sent by itself over a
   * direct or session connection.
   *
   * @return SQL with every identifier quoted
   */
  public String sql() {
    return "CREATE INDEX CONCURRENTLY "
        + quote(name())
        + " ON "
        + quote(schema)
        + "."
        + quote(table)
        + " ("
        + columns.stream().map(IndexAdvice::quote).collect(Collectors.joining(", "))
        + ");";
  }

  /**
   * Returns a name for it, by Prisma's own rule: table, columns and {@code idx}.
   *
   * @return at most 63 bytes, which is PostgreSQL's limit
   */
  public String name() {
    var name = table + "_" + String.join("_", columns);
    while (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 59) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    return name + "_idx";
  }

  /**
   * Returns the line for the table's model in a Prisma schema. Fields that are mapped have other
   * names there.
   *
   * @return such as {@code @@index([shop_id, created_at])}
   */
  public String prismaLine() {
    return "@@index([" + String.join(", ", columns) + "])";
  }

  String summary() {
    return "%s: %s.%s (%s): %s"
        .formatted(
            switch (basis) {
              case TRIED -> "proven by its plan";
              case PLANNED -> "by its plan";
              case UNPROVEN -> "unproven";
            },
            schema,
            table,
            String.join(", ", columns),
            why);
  }

  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return summary()
        + "\n  about "
        + (estimatedBytes >> 20)
        + " MB; "
        + writes
        + " rows were written since the statistics began\n  "
        + sql()
        + "\n  "
        + prismaLine();
  }
}
