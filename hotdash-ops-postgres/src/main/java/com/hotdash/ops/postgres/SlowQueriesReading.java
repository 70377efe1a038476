package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.IndexAdvisor.Candidate;
import com.hotdash.ops.postgres.SlowQueries.Statement;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ranks what statements did between two readings, and gets the texts of the few that are shown. */
final class SlowQueriesReading {
  /** More statements than that are not planned: each costs the server some milliseconds. */
  private static final int PLANNED = 5;

  private static final int ALL_TIME = 3;

  // Some of the first may be our own, which are left out.
  private static final int SPARE = 30;

  private static final Pattern OURS =
      Pattern.compile(
          "(?is).*\\bpg_catalog\\..*|.*/\\* hotdash-ops \\*/.*|BEGIN READ ONLY|SET LOCAL .*|EXPLAIN .*");

  private static final String TEXTS =
      """
      select s.userid, s.dbid, s.queryid, left(s.query, 20000) as query,
             r.rolname::text as rolname, d.datname::text as datname,
             d.datname = pg_catalog.current_database() as here
      from <view>(true) s
      left join pg_catalog.pg_roles r on r.oid = s.userid
      left join pg_catalog.pg_database d on d.oid = s.dbid
      where s.queryid = any (array[<ids>]::int8[])
      """;

  private static final String RUNNING =
      """
      select count(*) filter (where a.state = 'active' and a.backend_type = 'client backend'
               and a.query_start < '<since>'::timestamptz) as running,
             count(*) filter (where a.backend_type is null and a.usesysid is not null
               and a.datid is not null) as hidden
      from pg_catalog.pg_stat_activity a
      where a.pid <> pg_catalog.pg_backend_pid()
      """;

  private record Text(String user, String database, String query, boolean here) {}

  private final PgLink link;
  private final Deadline deadline;
  private final StatementOrder by;

  SlowQueriesReading(PgLink link, Deadline deadline, StatementOrder by) {
    this.link = link;
    this.deadline = deadline;
    this.by = by;
  }

  SlowQueries of(StatementSet before, StatementSet after, int most) throws PgTrouble {
    var interval = StatementInterval.between(before, after);
    var moved = new HashMap<StatementKey, StatementCounters>();
    interval.moved().forEach((key, each) -> moved.put(key, each.counters()));
    var ranked = ranked(moved, after.ioTimed(), most + SPARE);
    var rankedEver = ranked(after.counters(), after.ioTimed(), ALL_TIME + SPARE);
    var found = texts(after.view(), ids(ranked, rankedEver));
    var running = running(before);
    link.read(deadline, found, running);
    var texts = new HashMap<StatementKey, Text>();
    found.all().forEach(each -> texts.put(each.getKey(), each.getValue()));

    double total = total(moved.values());
    var shown = new ArrayList<Statement>();
    var candidates = new ArrayList<Candidate>();
    for (var key : ranked) {
      var each = interval.moved().get(key);
      var text = texts.get(withoutLevel(key));
      if (each != null && shown.size() < most && !ours(key, text, after)) {
        var statement = statement(key, each.counters(), text, total, each.atLeast());
        shown.add(statement);
        if (text != null && text.here() && candidates.size() < PLANNED) {
          candidates.add(new Candidate(statement, text.query()));
        }
      }
    }
    return new SlowQueries(
        by,
        interval.window(),
        shown,
        ever(after, rankedEver, texts),
        after.reset(),
        after.ioTimed(),
        running.only().orElse(null),
        after.hidden(),
        interval.caveats(),
        new IndexAdvisor(link, deadline).advise(candidates),
        link.source("pg_stat_statements"));
  }

  private List<Statement> ever(
      StatementSet after, List<StatementKey> ranked, Map<StatementKey, Text> texts) {
    double total = total(after.counters().values());
    var ever = new ArrayList<Statement>();
    for (var key : ranked) {
      var text = texts.get(withoutLevel(key));
      var counters = after.counters().get(key);
      if (counters != null && ever.size() < ALL_TIME && !ours(key, text, after)) {
        ever.add(statement(key, counters, text, total, false));
      }
    }
    return ever;
  }

  private Statement statement(
      StatementKey key,
      StatementCounters counters,
      @Nullable Text text,
      double total,
      boolean atLeast) {
    return new Statement(
        key.queryId(),
        text == null ? "" : text.user(),
        text == null ? "" : text.database(),
        text == null ? "" : link.redactor().redact(QueryText.template(text.query())),
        counters.calls(),
        counters.totalMs(),
        total <= 0 ? 0 : counters.totalMs() / total,
        counters.deviationMs(),
        counters.rows(),
        counters.blocksRead(),
        counters.ioMs(),
        counters.tempBlocks(),
        atLeast);
  }

  private static boolean ours(StatementKey key, @Nullable Text text, StatementSet set) {
    return text != null
        && key.userId() == set.ownRole()
        && OURS.matcher(text.query().strip()).matches();
  }

  private static double total(Collection<StatementCounters> all) {
    return all.stream().mapToDouble(StatementCounters::totalMs).sum();
  }

  private List<StatementKey> ranked(
      Map<StatementKey, StatementCounters> counters, boolean ioTimed, int most) {
    ToDoubleFunction<StatementCounters> worth =
        switch (by) {
          case TOTAL -> StatementCounters::totalMs;
          case MEAN -> StatementCounters::meanMs;
          case IO -> each -> ioTimed ? each.ioMs() : each.blocksRead() + each.tempBlocks();
        };
    return counters.entrySet().stream()
        .filter(each -> worth.applyAsDouble(each.getValue()) > 0)
        .sorted(
            Comparator.<Map.Entry<StatementKey, StatementCounters>>comparingDouble(
                    each -> -worth.applyAsDouble(each.getValue()))
                .thenComparingLong(each -> each.getKey().queryId()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String ids(List<StatementKey> some, List<StatementKey> others) {
    return Stream.concat(some.stream(), others.stream())
        .map(key -> Long.toString(key.queryId()))
        .distinct()
        .collect(Collectors.joining(","));
  }

  /** The text is the same whether a client or a function sent the statement. */
  private static StatementKey withoutLevel(StatementKey key) {
    return new StatementKey(key.userId(), key.databaseId(), key.queryId(), true);
  }

  private static Ask<Map.Entry<StatementKey, Text>> texts(String view, String ids) {
    return Ask.of(
        TEXTS.replace("<view>", view).replace("<ids>", ids),
        row ->
            Map.entry(
                new StatementKey(
                    row.getLong("userid"), row.getLong("dbid"), row.getLong("queryid"), true),
                new Text(
                    Rows.text(row, "rolname"),
                    Rows.text(row, "datname"),
                    Rows.text(row, "query"),
                    row.getBoolean("here"))));
  }

  /** Empty if some sessions are hidden from us. */
  private static Ask<Optional<Integer>> running(StatementSet before) {
    return Ask.one(
        RUNNING.replace("<since>", before.at().toString()),
        row -> row.getInt("hidden") > 0 ? Optional.empty() : Optional.of(row.getInt("running")));
  }
}
