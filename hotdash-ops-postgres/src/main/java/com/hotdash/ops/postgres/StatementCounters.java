package com.hotdash.ops.postgres;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server counted of one statement, since it began to, or of an interval.
 *
 * @param squaresMs2 the sum of the squares of the calls' times, from which a deviation can be had
 *     for an interval too
 * @param since when the server began to count this one; null before version 17
 */
record StatementCounters(
    long calls,
    double totalMs,
    double squaresMs2,
    long rows,
    long blocksHit,
    long blocksRead,
    double ioMs,
    long tempBlocks,
    @Nullable Instant since) {

  /** What was added since an earlier reading of the same counters. */
  StatementCounters minus(StatementCounters earlier) {
    return new StatementCounters(
        calls - earlier.calls,
        Math.max(0, totalMs - earlier.totalMs),
        Math.max(0, squaresMs2 - earlier.squaresMs2),
        Math.max(0, rows - earlier.rows),
        Math.max(0, blocksHit - earlier.blocksHit),
        Math.max(0, blocksRead - earlier.blocksRead),
        Math.max(0, ioMs - earlier.ioMs),
        Math.max(0, tempBlocks - earlier.tempBlocks),
        since);
  }

  double meanMs() {
    return calls == 0 ? 0 : totalMs / calls;
  }

  /** The population's deviation, as pg_stat_statements gives it. */
  double deviationMs() {
    return calls == 0 ? 0 : Math.sqrt(Math.max(0, squaresMs2 / calls - meanMs() * meanMs()));
  }
}
