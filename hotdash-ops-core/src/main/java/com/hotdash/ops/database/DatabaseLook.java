package com.hotdash.ops.database;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import java.time.Duration;

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

  /** Which transactions have been open for long. */
  ReadingKey<OpenTransactions> OPEN_TRANSACTIONS =
      new ReadingKey<>("database long transactions", "set DATABASE_URL");

  /** Which indexes are not valid. */
  ReadingKey<InvalidIndexes> INVALID_INDEXES =
      new ReadingKey<>("database invalid indexes", "set DATABASE_URL");

  /** Which migrations did not end. */
  ReadingKey<OpenMigrations> OPEN_MIGRATIONS =
      new ReadingKey<>("database migrations", "set DATABASE_URL");

  /** How far the server is from running out of transaction ids. */
  ReadingKey<TransactionIds> TRANSACTION_IDS =
      new ReadingKey<>("database transaction ids", "set DATABASE_URL");

  /** Which statements cost most right now. */
  ReadingKey<SlowStatements> SLOW_STATEMENTS =
      new ReadingKey<>("database slow statements", "set DATABASE_URL");

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

  /**
   * Reads which transactions have been open for long. Default: not configured.
   *
   * @param olderThan how long at least, more than zero
   * @return the transactions
   */
  default Reading<OpenTransactions> openTransactions(Duration olderThan) {
    return notRead(OPEN_TRANSACTIONS);
  }

  /**
   * Reads which indexes are not valid. Default: not configured.
   *
   * @return the indexes
   */
  default Reading<InvalidIndexes> invalidIndexes() {
    return notRead(INVALID_INDEXES);
  }

  /**
   * Reads which migrations did not end. Default: not configured.
   *
   * @return the migrations
   */
  default Reading<OpenMigrations> openMigrations() {
    return notRead(OPEN_MIGRATIONS);
  }

  /**
   * Reads how far the server is from running out of transaction ids. Default: not configured.
   *
   * @return the oldest
   */
  default Reading<TransactionIds> transactionIds() {
    return notRead(TRANSACTION_IDS);
  }

  /**
   * Reads which statements cost most within an interval that begins now. Default: not configured.
   *
   * @param window how long to wait for them, more than zero; no transaction is open meanwhile
   * @return the statements
   */
  default Reading<SlowStatements> slowStatements(Duration window) {
    return notRead(SLOW_STATEMENTS);
  }

  private static <T> Reading<T> notRead(ReadingKey<T> key) {
    return Reading.unread(
        new NotChecked(
            key.name(), Why.NOT_CONFIGURED, "this reader does not look at it", key.remedy()));
  }

  /** Ends the look and whatever reading is under way. Throws nothing; may be called twice. */
  @Override
  void close();
}
