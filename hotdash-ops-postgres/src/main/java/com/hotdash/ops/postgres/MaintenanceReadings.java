package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.IndexHealth.Duplicate;
import com.hotdash.ops.postgres.IndexHealth.Invalid;
import com.hotdash.ops.postgres.IndexHealth.Unused;
import com.hotdash.ops.postgres.TableHealth.Table;
import com.hotdash.ops.postgres.Wraparound.Age;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Reads what grows slowly until it hurts. None of it takes a lock on a table (facts/postgres.md
 * §9): sizes are those of the catalogue.
 */
final class MaintenanceReadings {
  private static final String AGES =
      """
      select * from (
        (select 'database ' || d.datname as what, pg_catalog.age(d.datfrozenxid) as xids,
                pg_catalog.mxid_age(d.datminmxid) as mxids
         from pg_catalog.pg_database d order by 2 desc limit 5)
        union
        (select 'database ' || d.datname, pg_catalog.age(d.datfrozenxid),
                pg_catalog.mxid_age(d.datminmxid)
         from pg_catalog.pg_database d order by 3 desc limit 5)
        union
        (select 'table ' || c.oid::regclass::text, pg_catalog.age(c.relfrozenxid),
                pg_catalog.mxid_age(c.relminmxid)
         from pg_catalog.pg_class c where c.relkind in ('r', 'm', 't')
         order by 2 desc limit 3)
        union
        (select 'table ' || c.oid::regclass::text, pg_catalog.age(c.relfrozenxid),
                pg_catalog.mxid_age(c.relminmxid)
         from pg_catalog.pg_class c where c.relkind in ('r', 'm', 't')
         order by 3 desc limit 3)) ages
      order by greatest(xids, mxids) desc, what
      """;

  private static final String LIMITS =
      "select pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint as xids,"
          + " pg_catalog.current_setting('autovacuum_multixact_freeze_max_age')::bigint as mxids,"
          + " pg_catalog.current_setting('autovacuum') = 'on' as autovacuum";

  // A table's own settings go before the server's; 50 and 0.2 are the defaults.
  private static final String TABLES =
      """
      select pg_catalog.format('%I.%I', s.schemaname, s.relname) as name, s.n_live_tup, s.n_dead_tup,
             case when option.enabled = 'false' or option.enabled = 'off' then null else
               coalesce(option.threshold,
                 pg_catalog.current_setting('autovacuum_vacuum_threshold'))::float8
               + coalesce(option.scale,
                 pg_catalog.current_setting('autovacuum_vacuum_scale_factor'))::float8
               * greatest(c.reltuples, 0) end as trigger_rows,
             greatest(s.last_vacuum, s.last_autovacuum) as vacuumed,
             greatest(s.last_analyze, s.last_autoanalyze) as analyzed
      from (select * from pg_catalog.pg_stat_user_tables
            order by n_dead_tup desc, relid limit 50) s
      join pg_catalog.pg_class c on c.oid = s.relid
      cross join lateral (
        select max(o.option_value) filter (where o.option_name = 'autovacuum_enabled') as enabled,
               max(o.option_value) filter
                 (where o.option_name = 'autovacuum_vacuum_threshold') as threshold,
               max(o.option_value) filter
                 (where o.option_name = 'autovacuum_vacuum_scale_factor') as scale
        from pg_catalog.pg_options_to_table(c.reloptions) o) option
      order by s.n_dead_tup desc, name
      """;

  // DROP INDEX CONCURRENTLY makes an index invalid first, and holds that lock on it.
  private static final String INVALID =
      """
      select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as relation,
             i.indisready,
             <building> or exists (
               select 1 from pg_catalog.pg_locks l
               where l.relation = i.indexrelid and l.granted
                 and l.mode = 'ShareUpdateExclusiveLock') as building
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid and c.relkind = 'i'
      where not i.indisvalid
      order by 1 limit 100
      """
          .replace("<building>", IndexLook.BUILDING);

  private static final String DUPLICATES =
      """
      select i.indrelid::regclass::text as relation,
             array_to_string(array_agg(i.indexrelid::regclass::text order by i.indexrelid), chr(10))
               as names
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and i.indisvalid
      group by i.indrelid, c.relam, i.indkey::text, i.indnkeyatts, i.indclass::text,
               i.indcollation::text, i.indoption::text, i.indpred::text, i.indexprs::text,
               i.indisunique
      having count(*) > 1
      order by 1 limit 100
      """;

  // Smaller than a megabyte is not worth a word.
  private static final String UNUSED =
      """
      select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as relation,
             c.relpages * pg_catalog.current_setting('block_size')::bigint as bytes
      from pg_catalog.pg_stat_user_indexes s
      join pg_catalog.pg_index i on i.indexrelid = s.indexrelid
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      where s.idx_scan = 0 and i.indisvalid and not i.indisunique and c.relpages >= 128
        and not exists (select 1 from pg_catalog.pg_constraint k where k.conindid = i.indexrelid)
        and not exists (
          select 1 from pg_catalog.pg_constraint k
          where k.contype = 'f' and k.conrelid = i.indrelid and i.indkey[0] = any (k.conkey))
      order by c.relpages desc, 1 limit 20
      """;

  private static final String SINCE =
      "select d.stats_reset as since from pg_catalog.pg_stat_database d"
          + " where d.datname = pg_catalog.current_database()";

  private MaintenanceReadings() {}

  static Wraparound wraparound(PgLink link, Deadline deadline) throws PgTrouble {
    var ages =
        Ask.of(
            AGES,
            row -> new Age(Rows.text(row, "what"), row.getLong("xids"), row.getLong("mxids")));
    var limits =
        Ask.one(
            LIMITS, row -> new Wraparound(List.of(), row.getLong("xids"), row.getLong("mxids")));
    link.read(deadline, ages, limits);
    var most = limits.only();
    return new Wraparound(ages.all(), most.freezeMaxAge(), most.multixactFreezeMaxAge());
  }

  static TableHealth tables(PgLink link, Deadline deadline) throws PgTrouble {
    var tables =
        Ask.of(
            TABLES,
            row ->
                new Table(
                    Rows.text(row, "name"),
                    row.getLong("n_live_tup"),
                    row.getLong("n_dead_tup"),
                    Rows.number(row, "trigger_rows"),
                    Rows.time(row, "vacuumed"),
                    Rows.time(row, "analyzed")));
    var autovacuum = Ask.one(LIMITS, row -> row.getBoolean("autovacuum"));
    link.read(deadline, tables, autovacuum);
    return new TableHealth(tables.all(), autovacuum.only());
  }

  static List<Invalid> invalid(PgLink link, Deadline deadline) throws PgTrouble {
    var invalid = invalid();
    link.read(deadline, invalid);
    return invalid.all();
  }

  private static Ask<Invalid> invalid() {
    return Ask.of(
        INVALID,
        row ->
            new Invalid(
                Rows.text(row, "name"),
                Rows.text(row, "relation"),
                row.getBoolean("indisready"),
                row.getBoolean("building")));
  }

  static IndexHealth indexes(PgLink link, Deadline deadline) throws PgTrouble {
    var invalid = invalid();
    var duplicates =
        Ask.of(
            DUPLICATES,
            row ->
                new Duplicate(
                    Rows.text(row, "relation"), List.of(Rows.text(row, "names").split("\n", -1))));
    var unused =
        Ask.of(
            UNUSED,
            row ->
                new Unused(
                    Rows.text(row, "name"), Rows.text(row, "relation"), row.getLong("bytes")));
    var since = Ask.one(SINCE, row -> Optional.ofNullable(Rows.time(row, "since")));
    link.read(deadline, invalid, duplicates, unused, since);
    return new IndexHealth(
        invalid.all(), duplicates.all(), unused.all(), since.only().orElse(null));
  }
}
