package com.hotdash.ops.postgres;

import com.hotdash.ops.database.IndexFacts;
import com.hotdash.ops.database.IndexFacts.Found;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at an index that is to be dropped. Its definition is read under a shared lock, so behind an
 * exclusive one this gives up after 100 ms.
 */
final class FactsReading {
  // last_idx_scan is of 16 and later: to_jsonb reads it where there is one.
  private static final String INDEX =
      """
      select n.nspname::text as schema, c.relname::text as index, c.relkind::text as kind,
             format('%I.%I', n.nspname, c.relname) as name, i.indrelid as table_oid,
             format('%I.%I', tn.nspname, t.relname) as table_name,
             i.indisvalid as valid, <building> as building, i.indisunique as is_unique,
             i.indisreplident as identity, c.relispartition as attached,
             coalesce(pg_catalog.pg_get_indexdef(c.oid), '') as definition,
             c.relpages::bigint * current_setting('block_size')::int as bytes,
             coalesce(s.idx_scan, 0) as scans,
             (to_jsonb(s) ->> 'last_idx_scan')::timestamptz as last_scan,
             (select d.stats_reset from pg_catalog.pg_stat_database d
              where d.datname = current_database()) as since,
             (select string_agg(k.conname::text, ', ' order by k.conname)
              from pg_catalog.pg_constraint k where k.conindid = c.oid) as constraints,
             (select e.extname::text from pg_catalog.pg_depend d
              join pg_catalog.pg_extension e on e.oid = d.refobjid
              where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
              limit 1) as extension,
             pg_catalog.pg_has_role(c.relowner, 'USAGE') as owned,
             (select r.rolname::text from pg_catalog.pg_roles r where r.oid = c.relowner) as owner
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_class t on t.oid = i.indrelid
      join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
      left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = c.oid
      where c.oid = ?
      """
          .replace("<building>", IndexLook.BUILDING);

  // Those that this index serves and no other one would, whatever the order of the columns.
  private static final String FOREIGN_KEYS =
      """
      select k.conname::text as name
      from pg_catalog.pg_constraint k
      join pg_catalog.pg_index mine on mine.indexrelid = ? and mine.indrelid = k.conrelid
      where k.contype = 'f'
        and <serves-mine>
        and not exists (select 1 from pg_catalog.pg_index other
                        where other.indrelid = k.conrelid and other.indexrelid <> mine.indexrelid
                          and <serves-other>)
      order by 1
      """
          .replace("<serves-mine>", serves("mine"))
          .replace("<serves-other>", serves("other"));

  private final PgLink link;
  private final IndexTerms terms;

  FactsReading(PgLink link, IndexTerms terms) {
    this.link = link;
    this.terms = terms;
  }

  private static String serves(String index) {
    return """
        (<i>.indisvalid and <i>.indpred is null
         and (<i>.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
         and k.conkey @> (<i>.indkey::int2[])[0:cardinality(k.conkey) - 1])
        """
        .replace("<i>", index);
  }

  Reading<IndexFacts> of(String name, Deadline deadline) throws PgTrouble {
    var facts = link.read(deadline, connection -> read(connection, name));
    var found = facts.found();
    var value =
        found == null
            ? "no single index " + name
            : "%s on %s: used %d times, about %d MB"
                .formatted(found.name(), found.tableName(), found.scans(), found.bytes() >> 20);
    return Reading.of(facts, link.evidence(value, "pg_index, pg_stat_all_indexes"));
  }

  private IndexFacts read(Connection connection, String name) throws SQLException {
    var found = Relations.named(connection, name, Relations.INDEXES);
    if (found.oids().size() != 1) {
      return none(found.names());
    }
    long oid = found.oids().get(0);
    try (var statement = connection.prepareStatement(PgLink.marked(INDEX))) {
      statement.setLong(1, oid);
      try (var row = statement.executeQuery()) {
        return row.next() ? read(connection, oid, row) : none(List.of());
      }
    }
  }

  private static IndexFacts none(List<String> candidates) {
    return new IndexFacts(null, candidates, List.of(), List.of(), 0, List.of());
  }

  private IndexFacts read(Connection connection, long oid, ResultSet row) throws SQLException {
    long table = row.getLong("table_oid");
    var definition = Rows.text(row, "definition");
    var against = terms.objections(connection);
    bound(row).ifPresent(against::add);
    if (!row.getBoolean("owned")) {
      against.add(
          Objection.hard(
              "not-permitted",
              "only its owner, " + Rows.text(row, "owner") + ", may drop it, not " + link.role(),
              Grants.membership(Rows.text(row, "owner"), link.role())));
    }
    var holdUps = HoldUps.read(connection, table, false, terms.lockWait(), link.redactor());
    return new IndexFacts(
        new Found(
            oid,
            Rows.text(row, "schema"),
            Rows.text(row, "index"),
            Rows.text(row, "name"),
            table,
            Rows.text(row, "table_name"),
            row.getBoolean("valid"),
            row.getBoolean("building"),
            row.getBoolean("is_unique"),
            SchemaSql.repeatable(definition),
            definition,
            row.getLong("bytes"),
            row.getLong("scans"),
            Rows.time(row, "since"),
            Rows.time(row, "last_scan")),
        List.of(),
        foreignKeys(connection, oid),
        holdUps.seen(),
        holdUps.hidden(),
        against);
  }

  /** What the server itself would refuse, or what else would break with it. */
  private static Optional<Objection> bound(ResultSet row) throws SQLException {
    var name = Rows.text(row, "name");
    var constraints = Rows.text(row, "constraints");
    if (!constraints.isEmpty()) {
      return Optional.of(
          Objection.hard(
              "constraint",
              name + " is what the constraint " + constraints + " rests on",
              "it goes with the constraint only: ALTER TABLE … DROP CONSTRAINT"));
    }
    if (row.getBoolean("identity")) {
      return Optional.of(
          Objection.hard(
              "replica-identity",
              name + " tells rows apart for logical replication",
              "give the table another REPLICA IDENTITY first"));
    }
    if (!Rows.text(row, "extension").isEmpty()) {
      return Optional.of(
          Objection.hard(
              "extension",
              name + " belongs to the extension " + Rows.text(row, "extension"),
              "leave it to the extension"));
    }
    if (row.getBoolean("attached") || Rows.text(row, "kind").equals("I")) {
      return Optional.of(
          Objection.hard(
              "partitioned-table",
              name + " belongs to a partitioned table's index, which is dropped as a whole",
              "no server does that without keeping writers out: choose a quiet hour"));
    }
    return Optional.empty();
  }

  private static List<String> foreignKeys(Connection connection, long oid) throws SQLException {
    var names = new ArrayList<String>();
    try (var statement = connection.prepareStatement(PgLink.marked(FOREIGN_KEYS))) {
      statement.setLong(1, oid);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          names.add(Rows.text(row, "name"));
        }
      }
    }
    return names;
  }
}
