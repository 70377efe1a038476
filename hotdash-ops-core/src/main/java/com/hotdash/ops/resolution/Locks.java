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
   * @throws com.hotdash.ops.error.OpsException if the store could not be asked
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

      /**
       * Looks whether it is still ours. A lock that hangs from a connection ends with it, unseen.
       *
       * @return false when it is lost, or nobody can tell
       */
      default boolean stillHeld() {
        return true;
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
