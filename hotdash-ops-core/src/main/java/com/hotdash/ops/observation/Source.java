package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.util.Set;

/** Something that makes readings, all of them in one go. Implementations are thread-safe. */
public interface Source {
  /**
   * Returns the readings that it makes.
   *
   * @return their keys
   */
  Set<ReadingKey<?>> keys();

  /**
   * Begins a look. Sends nothing yet.
   *
   * @param deadline when all readings must have ended
   * @return the look; the caller closes it
   */
  Look open(Deadline deadline);

  /**
   * Returns the readings that one look makes when some are wanted. Default: all of them. A source
   * leaves out what is dear and not wanted.
   *
   * @param wanted the readings that somebody asked for
   * @return a part of {@link #keys}
   */
  default Set<ReadingKey<?>> keysFor(Set<ReadingKey<?>> wanted) {
    return keys();
  }

  /**
   * Begins a look that makes the readings of {@link #keysFor}. Sends nothing yet.
   *
   * @param wanted the readings that somebody asked for
   * @param deadline when all readings must have ended
   * @return the look; the caller closes it
   */
  default Look open(Set<ReadingKey<?>> wanted, Deadline deadline) {
    return open(deadline);
  }

  /** One look. */
  interface Look extends AutoCloseable {
    /**
     * Makes the readings one after another, the most worthy first, and hands each over as soon as
     * it is made.
     *
     * @param sink takes the readings
     */
    void read(Sink sink);

    /** Ends the look from any thread, with whatever reading is under way. Throws nothing. */
    @Override
    void close();
  }

  /** Takes readings. Thread-safe. */
  interface Sink {
    /**
     * Takes a reading. The first of a key counts.
     *
     * @param key what was read
     * @param reading the reading
     * @param <T> the type of the value
     */
    <T> void put(ReadingKey<T> key, Reading<T> reading);
  }
}
