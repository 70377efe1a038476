package com.hotdash.ops.postgres;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All of pg_stat_statements at one moment, without texts.
 *
 * @param at the moment, by the server's clock
 * @param view the function that was read, quoted, such as {@code extensions.pg_stat_statements}
 * @param reset when all was last reset; null before version 14
 * @param evictions how often entries were thrown out for want of room; null before version 14
 * @param most how many entries there is room for
 * @param ioTimed whether the server takes the time of reading and writing
 * @param hidden how many entries our role may not see
 * @param ownRole our own role's oid
 */
record StatementSet(
    Instant at,
    String view,
    @Nullable Instant reset,
    @Nullable Long evictions,
    int most,
    boolean ioTimed,
    int hidden,
    long ownRole,
    Map<StatementKey, StatementCounters> counters) {
  StatementSet {
    counters = Map.copyOf(counters);
  }
}
