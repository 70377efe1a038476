package com.hotdash.ops.resolution;

import java.util.Optional;

/** Keeps two executions from working on the same target. Implementations are thread-safe. */
public interface Locks {
  /**
   * Tries to take a lock, without waiting for its holder.
   *
   * @param resource what is locked
   * @param holder who takes it, for others to read
   * @return the attempt
   */
  Attempt tryAcquire(String resource, String holder);

  /** What came of trying to take a lock. */
  sealed interface Attempt {
    /** It is ours until closed. */
    non-sealed interface Held extends Attempt, AutoCloseable {
      /** Gives it back. Throws nothing; may be called twice. */
      @Override
      void close();

      /**
       * Returns what a person should know about this lock.
       *
       * @return such as a fall back to a narrower lock, or empty
       */
      default Optional<String> note() {
        return Optional.empty();
      }
    }

    /**
     * Somebody else has it.
     *
     * @param holder who
     */
    record HeldBy(String holder) implements Attempt {}
  }
}
