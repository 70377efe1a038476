package com.hotdash.ops.postgres;

import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How an index gets into Prisma's migrations without keeping writers out, as text. Prisma sends a
 * migration's file as one script, and PostgreSQL takes a script of several statements for one
 * transaction, in which no index can be built concurrently (SQLSTATE 25001); a file with that one
 * statement works. Asks nobody.
 *
 * @param name the migration's name
 * @param sql the whole content of its {@code migration.sql}
 * @param schemaLine the line for the model in {@code schema.prisma}; a field that is mapped to a
 *     column has another name there
 */
public record PrismaMigration(String name, String sql, String schemaLine) {
  /**
   * Writes the migration of an index.
   *
   * @param wanted the index; its table may have its schema before a dot
   * @return the migration
   */
  public static PrismaMigration of(NewIndex wanted) {
    int dot = wanted.table().indexOf('.');
    var table = wanted.table().substring(dot + 1);
    var index = wanted.nameOn(table);
    var schema = dot < 0 ? "" : Grants.quote(wanted.table().substring(0, dot)) + ".";
    var columns = wanted.columns().stream().map(Grants::quote).collect(Collectors.joining(", "));
    return new PrismaMigration(
        "add_" + index.replaceAll("[^A-Za-z0-9_]", "_"),
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS %s ON %s%s (%s);"
            .formatted(Grants.quote(index), schema, Grants.quote(table), columns),
        "@@index([%s], map: \"%s\")"
            .formatted(
                String.join(", ", wanted.columns()),
                index.replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  /**
   * Tells what to do, in order.
   *
   * @return one step a line
   */
  public List<String> steps() {
    return List.of(
        "In schema.prisma, in the table's model: " + schemaLine,
        "npx prisma migrate dev --create-only --name " + name,
        "Replace all of the new migration.sql by this one statement, one index a migration:",
        sql,
        "If the runbook has built the index: npx prisma migrate resolve --applied <its directory>",
        "Else deploy with DIRECT_URL past a transaction pooler, and with no statement_timeout.",
        "IF NOT EXISTS also passes over an invalid leftover: see that indisvalid is true after.");
  }

  @Override
  public String toString() {
    return Page.builder().heading(1, "Migration " + name).bullets(steps()).build().toString();
  }
}
