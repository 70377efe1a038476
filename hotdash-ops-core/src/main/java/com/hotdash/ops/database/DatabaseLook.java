package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;

/**
 * One look at a database: at most one login for each address, one connection for all readings, one
 * read-only statement at a time. Readings never throw. One that fails leaves the others as they
 * are. Ask in the order of the methods: that is the order of their worth.
 *
 * <p>Not thread-safe, but {@link #close} may be called from any thread and ends a reading that is
 * under way.
 */
public interface DatabaseLook extends AutoCloseable {
  /** How far a connection gets, address by address. */
  ReadingKey<Connectivity> CONNECTIVITY =
      new ReadingKey<>("database connectivity", "set DATABASE_URL");

  /** How many connections there may be, and how many there are. */
  ReadingKey<Capacity> CAPACITY = new ReadingKey<>("database capacity", "set DATABASE_URL");

  /** Who is connected, doing what. */
  ReadingKey<Sessions> SESSIONS = new ReadingKey<>("database sessions", "set DATABASE_URL");

  /** Who waits for whom. */
  ReadingKey<LockForest> LOCKS = new ReadingKey<>("database locks", "set DATABASE_URL");

  /** What the server allows and what it is busy with. */
  ReadingKey<ServerMode> MODE = new ReadingKey<>("database server mode", "set DATABASE_URL");

  /** What the application's own pool says. */
  ReadingKey<ApplicationPool> APPLICATION_POOL =
      new ReadingKey<>(
          "application's connection pool", "hand the pool to the builder: applicationPool(…)");

  /**
   * Reads how far a connection gets.
   *
   * @return the stages of each address, timed
   */
  Reading<Connectivity> connectivity();

  /**
   * Reads how many connections there may be and are.
   *
   * @return the numbers
   */
  Reading<Capacity> capacity();

  /**
   * Reads who is connected.
   *
   * @return the sessions, this look's own left out
   */
  Reading<Sessions> sessions();

  /**
   * Reads who waits for whom.
   *
   * @return the roots of all waiting
   */
  Reading<LockForest> locks();

  /**
   * Reads what the server allows and what it is busy with.
   *
   * @return the mode
   */
  Reading<ServerMode> mode();

  /**
   * Reads the application's own pool. Sends nothing to the database.
   *
   * @return the pool's figures, or not configured
   */
  Reading<ApplicationPool> applicationPool();

  /** Ends the look and whatever reading is under way. Throws nothing; may be called twice. */
  @Override
  void close();
}
