package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@link PgDiagnostics} reads when it is asked for one thing, over one connection each. */
final class PgReadings {
  private final PgAddresses addresses;
  private final Time time;
  private final Duration callTimeout;
  private final int maxSessions;

  PgReadings(PgAddresses addresses, Time time, Duration callTimeout, int maxSessions) {
    this.addresses = addresses;
    this.time = time;
    this.callTimeout = callTimeout;
    this.maxSessions = maxSessions;
  }

  /** What is done over one connection. */
  @FunctionalInterface
  interface Use<T> {
    T of(PgSight sight, Deadline deadline) throws PgTrouble;
  }

  <T> T use(String operation, Use<T> use) {
    return use(operation, callTimeout, use);
  }

  private <T> T use(String operation, Duration limit, Use<T> use) {
    try (var sight = addresses.sight()) {
      return use.of(sight, time.deadline(limit));
    } catch (PgTrouble e) {
      throw PgException.of(operation, e);
    }
  }

  static <T> T value(Reading<T> reading) {
    return reading.toOptional().orElseThrow(() -> new IllegalStateException("readings throw"));
  }

  ConnectionCount connectionCount() {
    return use(
        "connections.count",
        (sight, deadline) -> ConnectionCount.read(sight.link(deadline), deadline));
  }

  MaxConnections maxConnections() {
    return use(
        "connections.max",
        (sight, deadline) -> {
          var link = sight.link(deadline);
          var capacity = value(CapacityReading.of(link, deadline));
          return new MaxConnections(
              capacity, link.pooled(), link.source("pg_settings, pg_stat_activity"));
        });
  }

  ActiveQueries activeQueries() {
    return use(
        "queries.active",
        (sight, deadline) -> {
          var link = sight.link(deadline);
          var sessions = value(SessionsReading.of(link, maxSessions, deadline));
          var locks = LockRows.read(link, deadline);
          return ActiveQueries.of(
              sessions, blockers(locks.graph), link.source("pg_stat_activity, pg_locks"));
        });
  }

  private static Map<Integer, List<Integer>> blockers(LockGraph graph) {
    var blockers = new HashMap<Integer, List<Integer>>();
    for (int blocker : graph.blockers()) {
      for (int waiter : graph.direct(blocker)) {
        blockers.computeIfAbsent(waiter, none -> new ArrayList<>()).add(Math.max(0, blocker));
      }
    }
    return blockers;
  }

  PgLocks locks() {
    return use("locks.read", (sight, deadline) -> PgLocks.read(sight.link(deadline), deadline));
  }

  LongTransactions longTransactions(Duration olderThan) {
    return use(
        "transactions.long",
        (sight, deadline) -> LongTransactionsReading.of(sight.link(deadline), olderThan, deadline));
  }

  SlowQueries slowQueries(int most, StatementOrder by, Duration window) {
    return use(
        "queries.slow",
        callTimeout.plus(window),
        (sight, deadline) -> {
          var link = sight.link(deadline);
          var before = StatementsReading.of(link, deadline);
          if (!time.await(window)) {
            throw new InterruptedOpsException(
                Fault.of("postgres", "queries.slow", "interrupted between the two readings"));
          }
          var after = StatementsReading.of(link, deadline);
          return new SlowQueriesReading(link, deadline, by).of(before, after, most);
        });
  }

  PoolAdvice poolAdvice(int machines, int perMachine) {
    var application = addresses.application();
    return use(
        "pool.advice",
        (sight, deadline) -> {
          var link = sight.link(deadline);
          var capacity = value(CapacityReading.of(link, deadline));
          var count = ConnectionCount.read(link, deadline);
          int own = count.byUser().getOrDefault(PgLink.role(application), 0);
          var limit = application.connectionLimit();
          return PoolAdvice.of(
              machines,
              perMachine,
              capacity,
              Math.max(0, taken(capacity) - own),
              application.kind(),
              limit.isPresent() ? limit.getAsInt() : null,
              link.source("pg_settings, pg_stat_activity"));
        });
  }

  /** Those that count against the limit that is the nearer one. */
  private static int taken(Capacity capacity) {
    return capacity.usableInDatabase() < capacity.usable()
        ? capacity.database().used()
        : capacity.clientBackends();
  }
}
