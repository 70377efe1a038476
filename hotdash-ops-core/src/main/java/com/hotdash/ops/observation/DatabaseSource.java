package com.hotdash.ops.observation;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.util.Set;

/** Makes the readings of a database port. Thread-safe. */
public final class DatabaseSource implements Source {
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
    return Set.of(
        DatabaseLook.CONNECTIVITY,
        DatabaseLook.CAPACITY,
        DatabaseLook.SESSIONS,
        DatabaseLook.LOCKS,
        DatabaseLook.MODE,
        DatabaseLook.APPLICATION_POOL);
  }

  @Override
  public Look open(Deadline deadline) {
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
      }

      @Override
      public void close() {
        look.close();
      }
    };
  }
}
