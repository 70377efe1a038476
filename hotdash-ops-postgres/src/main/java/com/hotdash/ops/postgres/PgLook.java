package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One look: one connection for all readings, each of which is made once and kept. */
final class PgLook implements DatabaseLook {
  private final PgSight sight;
  private final ApplicationPoolReading pool;
  private final int maxSessions;
  private final Deadline deadline;
  private final Map<ReadingKey<?>, Reading<?>> made = new HashMap<>();

  PgLook(PgSight sight, ApplicationPoolReading pool, int maxSessions, Deadline deadline) {
    this.sight = sight;
    this.pool = pool;
    this.maxSessions = maxSessions;
    this.deadline = deadline;
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
    try {
      return making.make();
    } catch (PgTrouble e) {
      return Reading.unread(e.notChecked(key.name()));
    }
  }

  @Override
  public void close() {
    sight.close();
  }
}
