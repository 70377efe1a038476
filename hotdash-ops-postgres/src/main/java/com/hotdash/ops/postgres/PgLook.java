package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.InvalidIndexes;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.OpenTransactions;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.database.TransactionIds;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One look: one connection for all readings, each of which is made once and kept. */
final class PgLook implements DatabaseLook {
  private final PgSight sight;
  private final ApplicationPoolReading pool;
  private final int maxSessions;
  private final Deadline deadline;
  private final Pause pause;
  private final Map<ReadingKey<?>, Reading<?>> made = new HashMap<>();
  private boolean reading;
  private boolean closed;

  PgLook(PgSight sight, ApplicationPoolReading pool, int maxSessions, Deadline deadline) {
    this.sight = sight;
    this.pool = pool;
    this.maxSessions = maxSessions;
    this.deadline = deadline;
    this.pause = new Pause(sight.time());
  }

  @Override
  public Reading<Connectivity> connectivity() {
    return once(CONNECTIVITY, this::probe);
  }

  private Reading<Connectivity> probe() throws PgTrouble {
    var connectivity = new Connectivity(sight.probeAll(deadline));
    var value =
        connectivity.probes().stream()
            .map(ConnectionTest::summary)
            .collect(Collectors.joining("; "));
    var byHand = "psql \"$" + connectivity.probes().get(0).name() + "\" -c \"select 1\"";
    return Reading.of(
        connectivity,
        Evidence.of(value, "own login, stage by stage", sight.time().now()).withByHand(byHand));
  }

  @Override
  public Reading<Capacity> capacity() {
    return once(CAPACITY, () -> CapacityReading.of(sight.link(deadline), deadline));
  }

  @Override
  public Reading<Sessions> sessions() {
    return once(SESSIONS, () -> SessionsReading.of(sight.link(deadline), maxSessions, deadline));
  }

  @Override
  public Reading<LockForest> locks() {
    return once(LOCKS, () -> LocksReading.of(sight.link(deadline), deadline));
  }

  @Override
  public Reading<ServerMode> mode() {
    return once(MODE, () -> ModeReading.of(sight.link(deadline), deadline));
  }

  @Override
  public Reading<ApplicationPool> applicationPool() {
    return once(APPLICATION_POOL, pool::read);
  }

  @Override
  public Reading<OpenTransactions> openTransactions(Duration olderThan) {
    return once(OPEN_TRANSACTIONS, () -> depth().transactions(olderThan));
  }

  @Override
  public Reading<InvalidIndexes> invalidIndexes() {
    return once(INVALID_INDEXES, () -> depth().indexes());
  }

  @Override
  public Reading<OpenMigrations> openMigrations() {
    return once(OPEN_MIGRATIONS, () -> depth().migrations());
  }

  @Override
  public Reading<TransactionIds> transactionIds() {
    return once(TRANSACTION_IDS, () -> depth().transactionIds());
  }

  @Override
  public Reading<SlowStatements> slowStatements(Duration window) {
    return once(SLOW_STATEMENTS, () -> slow(window));
  }

  private Reading<SlowStatements> slow(Duration window) throws PgTrouble {
    var before = StatementsReading.of(sight.link(deadline), deadline);
    if (window.compareTo(deadline.remaining()) >= 0) {
      throw gaveUp(Why.TIMED_OUT, FailureKind.DEADLINE, "the deadline leaves no interval");
    }
    if (!pause.await(window)) {
      throw gaveUp(Why.CANCELLED, FailureKind.NOT_TRIED, "the interval was interrupted");
    }
    return depth().statements(before);
  }

  private static PgTrouble gaveUp(Why why, FailureKind kind, String text) {
    return new PgTrouble(why, new ConnectFailure(kind, null, text, "look again, with more time"));
  }

  private DepthReading depth() throws PgTrouble {
    return new DepthReading(sight.link(deadline), deadline);
  }

  /** How a reading is made. */
  @FunctionalInterface
  private interface Making<T> {
    Reading<T> make() throws PgTrouble;
  }

  @SuppressWarnings("unchecked") // A key is put with a reading of its own type only, here.
  private <T> Reading<T> once(ReadingKey<T> key, Making<T> making) {
    var kept = made.get(key);
    if (kept == null) {
      kept = make(key, making);
      made.put(key, kept);
    }
    return (Reading<T>) kept;
  }

  private <T> Reading<T> make(ReadingKey<T> key, Making<T> making) {
    if (!enter()) {
      return Reading.unread(PgSight.closed().notChecked(key.name()));
    }
    try {
      return making.make();
    } catch (PgTrouble e) {
      return Reading.unread((closed() ? PgSight.closed() : e).notChecked(key.name()));
    } finally {
      leave();
    }
  }

  private synchronized boolean enter() {
    reading = !closed;
    return reading;
  }

  private synchronized void leave() {
    reading = false;
  }

  private synchronized boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    boolean underWay;
    synchronized (this) {
      closed = true;
      underWay = reading;
    }
    pause.end();
    if (underWay) {
      // A reading of several statements is at rest between two: others must not get its connection.
      sight.cut();
    }
    sight.close();
  }
}
