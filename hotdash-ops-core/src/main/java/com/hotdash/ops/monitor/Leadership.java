package com.hotdash.ops.monitor;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.resolution.Locks.Attempt;
import com.hotdash.ops.resolution.StoreCall;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which of several processes watches. The lock is kept from tick to tick, so that the state of what
 * was seen stays in one place. A store that fails or is silent, as in an incident of its own, makes
 * everybody a leader: an alert that is raised twice is one issue, and none at all is worse. Not
 * thread-safe.
 */
final class Leadership implements AutoCloseable {
  /** As long as the engine waits for a store. */
  static final Duration STORE_WITHIN = Duration.ofSeconds(2);

  private final @Nullable Locks locks;
  private final String resource;
  private final String holder;
  private final Duration storeWithin;
  private Attempt.@Nullable Held held;

  /**
   * Whether to watch.
   *
   * @param leads true for the one who does
   * @param note what a person should know of it; may be empty
   */
  record Standing(boolean leads, String note) {}

  Leadership(@Nullable Locks locks, String resource, String holder, Duration storeWithin) {
    this.locks = locks;
    this.resource = resource;
    this.holder = holder;
    this.storeWithin = storeWithin;
  }

  Standing take() {
    var store = locks;
    if (store == null) {
      return new Standing(true, "");
    }
    try {
      var mine = held;
      if (mine != null && answer(mine::stillHeld, late -> {})) {
        return new Standing(true, "");
      }
      giveBack();
      var attempt = answer(() -> store.tryAcquire(resource, holder), Leadership::giveBack);
      if (attempt instanceof Attempt.Held taken) {
        held = taken;
        return new Standing(true, taken.note().orElse(""));
      }
      return new Standing(false, ((Attempt.HeldBy) attempt).holder() + " watches");
    } catch (TimeoutException e) {
      return new Standing(
          true, "the lock store is silent: watching, although another may watch as well");
    } catch (OpsException e) {
      return new Standing(true, e.problem() + ": watching, although another may watch as well");
    }
  }

  private static void giveBack(Attempt attempt) {
    if (attempt instanceof Attempt.Held late) {
      late.close();
    }
  }

  private void giveBack() throws TimeoutException {
    var mine = held;
    held = null;
    if (mine != null) {
      answer(
          () -> {
            mine.close();
            return true;
          },
          late -> {});
    }
  }

  /** Gives the lock back, within two seconds. */
  @Override
  public void close() {
    try {
      giveBack();
    } catch (TimeoutException e) {
      held = null; // its connection ends with the process, and the lock with that
    }
  }

  /** A store's own limits are not trusted: it may be what fails. */
  private <T> T answer(Callable<T> question, Consumer<T> late) throws TimeoutException {
    return StoreCall.answer(question, storeWithin, late);
  }
}
