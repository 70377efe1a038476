package com.hotdash.ops.postgres;

import com.hotdash.ops.database.InvalidIndexes;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.OpenTransactions;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.database.TransactionIds;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.postgres.IndexAdvice.Basis;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the runbook asks of a database beyond its connections, in the runbook's own records. */
final class DepthReading {
  private static final int STATEMENTS = 10;

  private final PgLink link;
  private final Deadline deadline;

  DepthReading(PgLink link, Deadline deadline) {
    this.link = link;
    this.deadline = deadline;
  }

  Reading<OpenTransactions> transactions(Duration olderThan) throws PgTrouble {
    var read = LongTransactionsReading.of(link, olderThan, deadline);
    var holders =
        read.transactions().stream()
            .map(
                each ->
                    new OpenTransactions.Holder(
                        each.holder().name().toLowerCase(Locale.ROOT),
                        each.id(),
                        each.who(),
                        each.state(),
                        each.open(),
                        each.holdsUp(),
                        each.state().isEmpty() ? "" : each.query()))
            .toList();
    var evidence =
        link.evidence(
            holders.size() + " transactions are open for " + ActiveQueries.age(olderThan),
            "pg_stat_activity, pg_prepared_xacts, pg_replication_slots",
            read.serverTime(),
            "select pid, usename, state, now() - xact_start as open, query from pg_stat_activity"
                + " where xact_start is not null order by xact_start;");
    return Reading.of(
        new OpenTransactions(holders, read.hidden(), read.serverTime()),
        covered(evidence, "the transactions of %d sessions are hidden", read.hidden()));
  }

  Reading<InvalidIndexes> indexes() throws PgTrouble {
    var indexes =
        MaintenanceReadings.invalid(link, deadline).stream()
            .map(
                each ->
                    new InvalidIndexes.Index(
                        each.name(), each.table(), each.paidFor(), each.beingBuilt()))
            .toList();
    return Reading.of(
        new InvalidIndexes(indexes),
        link.evidence(
            indexes.size() + " indexes are not valid",
            "pg_index",
            null,
            "select indexrelid::regclass, indrelid::regclass, indisready from pg_index where not"
                + " indisvalid;"));
  }

  Reading<OpenMigrations> migrations() throws PgTrouble {
    var read = ServerReadings.migrations(link, deadline);
    var open =
        read.open().stream()
            .map(each -> new OpenMigrations.Migration(each.name(), each.startedAt(), each.error()))
            .toList();
    var newest = read.newest();
    return Reading.of(
        new OpenMigrations(open),
        link.evidence(
            open.size()
                + " migrations did not end; "
                + (newest == null ? "none ended" : "the last that did is " + newest.name()),
            "_prisma_migrations",
            null,
            "select migration_name, started_at, logs from _prisma_migrations where finished_at is"
                + " null and rolled_back_at is null;"));
  }

  Reading<TransactionIds> transactionIds() throws PgTrouble {
    var read = MaintenanceReadings.wraparound(link, deadline);
    var oldest =
        read.oldest().stream()
            .map(
                each ->
                    new TransactionIds.Age(
                        each.what(), Math.max(each.transactions(), each.multixacts()), each.left()))
            .toList();
    return Reading.of(
        new TransactionIds(oldest, read.freezeMaxAge()),
        link.evidence(
            oldest.isEmpty() ? "no age is told" : read.oldest().get(0).toString(),
            "pg_database, pg_class",
            null,
            "select datname, age(datfrozenxid) from pg_database order by 2 desc;"));
  }

  /** The statements between an earlier reading of their counters and now. */
  Reading<SlowStatements> statements(StatementSet before) throws PgTrouble {
    var after = StatementsReading.of(link, deadline);
    var read =
        new SlowQueriesReading(link, deadline, StatementOrder.TOTAL).of(before, after, STATEMENTS);
    var evidence =
        link.evidence(
                read.interval().size()
                    + " statements by total time within "
                    + ActiveQueries.age(read.window()),
                "pg_stat_statements",
                after.at(),
                "select calls, total_exec_time, query from pg_stat_statements order by 2 desc"
                    + " limit 20;")
            .withSample(
                read.window(),
                read.interval().stream().mapToLong(SlowQueries.Statement::calls).sum());
    return Reading.of(
        slow(read), covered(evidence, "%d entries of other roles are hidden", read.hidden()));
  }

  private static SlowStatements slow(SlowQueries read) {
    return new SlowStatements(
        read.window(),
        read.interval().stream().map(DepthReading::statement).toList(),
        read.advice().stream().map(DepthReading::missing).toList(),
        read.running(),
        read.hidden(),
        read.caveats());
  }

  private static SlowStatements.Statement statement(SlowQueries.Statement each) {
    return new SlowStatements.Statement(
        each.queryId(),
        each.user(),
        each.database(),
        each.query(),
        each.calls(),
        Duration.ofNanos(Math.round(each.totalMs() * 1e6)),
        each.share(),
        each.atLeast());
  }

  private static SlowStatements.MissingIndex missing(IndexAdvice advice) {
    return new SlowStatements.MissingIndex(
        advice.schema(),
        advice.table(),
        List.copyOf(advice.columns()),
        advice.queryId(),
        advice.basis() == Basis.TRIED,
        advice.why());
  }

  private Evidence covered(Evidence evidence, String what, int hidden) {
    return hidden == 0
        ? evidence
        : evidence.withCoverage(what.formatted(hidden) + "; " + Grants.monitor(link.role()));
  }
}
