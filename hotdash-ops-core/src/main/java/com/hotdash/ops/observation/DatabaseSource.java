package com.hotdash.ops.observation;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes the readings of a database port, all over one connection. Those that cost more, or take
 * their time, are made only if somebody wants them, after all others. Thread-safe.
 */
public final class DatabaseSource implements Source {
  /** The interval of which slow statements are read, where the deadline allows it. */
  public static final Duration WINDOW = Duration.ofSeconds(3);

  /** A transaction that has been open for so long is read as a long one. */
  public static final Duration LONG = Duration.ofMinutes(1);

  private static final Set<ReadingKey<?>> ALWAYS =
      Set.of(
          DatabaseLook.CONNECTIVITY,
          DatabaseLook.CAPACITY,
          DatabaseLook.SESSIONS,
          DatabaseLook.LOCKS,
          DatabaseLook.MODE,
          DatabaseLook.APPLICATION_POOL);

  private static final Set<ReadingKey<?>> IF_WANTED =
      Set.of(
          DatabaseLook.OPEN_TRANSACTIONS,
          DatabaseLook.INVALID_INDEXES,
          DatabaseLook.OPEN_MIGRATIONS,
          DatabaseLook.TRANSACTION_IDS,
          DatabaseLook.SLOW_STATEMENTS);

  private final DatabaseReader reader;

  /**
   * Wraps a port.
   *
   * @param reader the port
   */
  public DatabaseSource(DatabaseReader reader) {
    this.reader = reader;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return keysFor(IF_WANTED);
  }

  @Override
  public Set<ReadingKey<?>> keysFor(Set<ReadingKey<?>> wanted) {
    var keys = new HashSet<ReadingKey<?>>(ALWAYS);
    IF_WANTED.stream().filter(wanted::contains).forEach(keys::add);
    return Set.copyOf(keys);
  }

  @Override
  public Look open(Deadline deadline) {
    return open(keys(), deadline);
  }

  @Override
  public Look open(Set<ReadingKey<?>> wanted, Deadline deadline) {
    var look = reader.look(deadline);
    return new Look() {
      @Override
      public void read(Sink sink) {
        // The pool first: it asks nobody, and explains what the others may not reach.
        sink.put(DatabaseLook.APPLICATION_POOL, look.applicationPool());
        sink.put(DatabaseLook.CONNECTIVITY, look.connectivity());
        sink.put(DatabaseLook.CAPACITY, look.capacity());
        sink.put(DatabaseLook.SESSIONS, look.sessions());
        sink.put(DatabaseLook.LOCKS, look.locks());
        sink.put(DatabaseLook.MODE, look.mode());
        var dear = new Wanted(wanted, sink);
        dear.read(DatabaseLook.OPEN_TRANSACTIONS, () -> look.openTransactions(LONG));
        dear.read(DatabaseLook.INVALID_INDEXES, look::invalidIndexes);
        dear.read(DatabaseLook.OPEN_MIGRATIONS, look::openMigrations);
        dear.read(DatabaseLook.TRANSACTION_IDS, look::transactionIds);
        dear.read(DatabaseLook.SLOW_STATEMENTS, () -> look.slowStatements(window(deadline)));
      }

      @Override
      public void close() {
        look.close();
      }
    };
  }

  /** A shorter interval still tells something; one without time for its end, nothing. */
  private static Duration window(Deadline deadline) {
    var half = deadline.remaining().dividedBy(2);
    return half.compareTo(WINDOW) < 0 ? half : WINDOW;
  }
}
