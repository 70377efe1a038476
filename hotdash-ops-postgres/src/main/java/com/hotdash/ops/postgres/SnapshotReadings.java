package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.Reading;
import java.util.stream.Stream;

/** All readings of a snapshot, in the order of their worth. */
record SnapshotReadings(
    Reading<Capacity> capacity,
    Reading<Sessions> sessions,
    Reading<PgLocks> locks,
    Reading<ServerMode> mode,
    Reading<LongTransactions> longTransactions,
    Reading<DatabaseCounters> counters,
    Reading<Replication> replication,
    Reading<Wraparound> wraparound,
    Reading<Migrations> migrations,
    Reading<TableHealth> tables,
    Reading<IndexHealth> indexes,
    Reading<StatementSet> statements,
    Reading<SlowQueries> slowQueries) {

  /** Those that stand for themselves: without statements there are no slow ones either. */
  Stream<Reading<?>> all() {
    var first =
        Stream.<Reading<?>>of(
            capacity,
            sessions,
            locks,
            mode,
            longTransactions,
            counters,
            replication,
            wraparound,
            migrations,
            tables,
            indexes,
            statements);
    return statements.toOptional().isPresent()
        ? Stream.concat(first, Stream.of(slowQueries))
        : first;
  }
}
