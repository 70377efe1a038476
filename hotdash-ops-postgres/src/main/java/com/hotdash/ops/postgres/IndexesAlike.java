package com.hotdash.ops.postgres;

import com.hotdash.ops.database.IndexSite.Alike;
import com.hotdash.ops.database.IndexSite.Likeness;
import com.hotdash.ops.resolution.Objection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The indexes that a table has already, and the one that somebody builds there now. */
final class IndexesAlike {
  private static final String INDEXES =
      """
      select c.oid, c.relname::text as index,
             format('%I.%I', (select n.nspname from pg_catalog.pg_namespace n
                              where n.oid = c.relnamespace), c.relname) as name,
             i.indisvalid as valid, <building> as building,
             m.amname = 'btree' and i.indpred is null and i.indexprs is null
               and not exists (select 1 from unnest(i.indoption::int2[]) o (bits) where bits <> 0)
               and not exists (select 1 from unnest(i.indclass::oid[]) o (cls)
                               join pg_catalog.pg_opclass p on p.oid = o.cls
                               where not p.opcdefault)
               and not exists (select 1
                 from unnest(i.indkey::int2[], i.indcollation::oid[]) k (attnum, coll)
                 join pg_catalog.pg_attribute a
                   on a.attrelid = i.indrelid and a.attnum = k.attnum
                 where k.coll is not null and k.coll <> a.attcollation) as plain,
             array(select coalesce(a.attname::text, '')
                   from unnest(i.indkey::int2[]) with ordinality k (attnum, place)
                   left join pg_catalog.pg_attribute a
                     on a.attrelid = i.indrelid and a.attnum = k.attnum
                   where k.place <= i.indnkeyatts order by k.place) as columns
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_am m on m.oid = c.relam
      where i.indrelid = ?
      order by c.oid
      """
          .replace("<building>", IndexLook.BUILDING);

  private static final String BUILDS =
      """
      select p.pid from pg_catalog.pg_stat_progress_create_index p
      join pg_catalog.pg_locks l on l.pid = p.pid and l.granted and l.relation = ?
      where p.pid <> pg_catalog.pg_backend_pid()
      order by p.pid limit 1
      """;

  private IndexesAlike() {}

  /** Reads those of a table that serve the wanted columns, or bear the wanted name. */
  static List<Alike> read(Connection connection, long oid, List<String> wanted, String index)
      throws SQLException {
    var alike = new ArrayList<Alike>();
    try (var statement = connection.prepareStatement(PgLink.marked(INDEXES))) {
      statement.setLong(1, oid);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          var columns = Relations.texts(row, "columns");
          boolean plain = row.getBoolean("plain");
          boolean named = Rows.text(row, "index").equals(index);
          boolean covers =
              plain
                  && columns.size() >= wanted.size()
                  && columns.subList(0, wanted.size()).equals(wanted);
          if (named || covers) {
            var likeness = covers ? Likeness.COVERS : Likeness.OTHER;
            alike.add(
                new Alike(
                    covers && columns.size() == wanted.size() ? Likeness.EQUAL : likeness,
                    named,
                    row.getLong("oid"),
                    Rows.text(row, "index"),
                    Rows.text(row, "name"),
                    row.getBoolean("valid"),
                    row.getBoolean("building")));
          }
        }
      }
    }
    return alike;
  }

  /** Objects to a build while another one runs on the table. */
  static Optional<Objection> otherBuild(Connection connection, long oid) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(BUILDS))) {
      statement.setLong(1, oid);
      try (var row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                Objection.overridable(
                    "another-build",
                    "pid " + row.getInt("pid") + " builds an index on the same table right now",
                    "wait until it is done: one table has one build at a time"))
            : Optional.empty();
      }
    }
  }
}
