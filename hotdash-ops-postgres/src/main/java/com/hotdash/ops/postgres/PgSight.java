package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a look or a control, opened when it is first needed and never again. Used
 * by one thread; {@link #close} may be called by any.
 */
final class PgSight implements AutoCloseable {
  private final PgEntrance entrance;
  private final Time time;
  private final @Nullable PgGuardian guardian;
  private final Object lock = new Object();
  private @Nullable PgLink link;
  private @Nullable PgTrouble refused;
  private boolean closed;

  PgSight(PgEntrance entrance, Time time) {
    this(entrance, time, null);
  }

  /** With a guardian, its connection goes before a new one, and comes back to it. */
  PgSight(PgEntrance entrance, Time time, @Nullable PgGuardian guardian) {
    this.entrance = entrance;
    this.time = time;
    this.guardian = guardian;
  }

  Time time() {
    return time;
  }

  /**
   * Returns the connection, opening it at the first call.
   *
   * @throws PgTrouble if it could not be had, now or at the first call
   */
  PgLink link(Deadline deadline) throws PgTrouble {
    synchronized (lock) {
      if (closed) {
        throw closed();
      }
      if (link != null) {
        return link;
      }
      if (refused != null) {
        throw refused;
      }
    }
    // Not under the lock, or close would have to wait for a server that does not answer.
    PgLink opened;
    try {
      var warm = guardian == null ? null : guardian.take(deadline);
      opened = warm == null ? fresh(deadline) : warm;
    } catch (PgTrouble e) {
      synchronized (lock) {
        refused = e;
        throw closed ? closed() : e;
      }
    }
    synchronized (lock) {
      if (closed) {
        opened.abort();
        throw closed();
      }
      link = opened;
      return opened;
    }
  }

  private PgLink fresh(Deadline deadline) throws PgTrouble {
    var opened = entrance.open(deadline);
    if (guardian != null) {
      try {
        guardian.accepts(opened, deadline);
      } catch (PgTrouble ignored) {
        // Then it is not kept; what the trouble is shows at the first reading.
      }
    }
    return opened;
  }

  /** Tries every address, once each, counting the try that gave the connection. */
  List<EndpointProbe> probeAll(Deadline deadline) throws PgTrouble {
    try {
      link(deadline);
    } catch (PgTrouble e) {
      if (e.why() == Why.CANCELLED) {
        throw e;
      }
      // Why it failed is in the probe of its address.
      return entrance.probeRest(deadline);
    }
    return entrance.probeRest(deadline);
  }

  /** Cuts the connection, from any thread, whatever it is at. */
  void cut() {
    PgLink current;
    synchronized (lock) {
      current = link;
    }
    if (current != null) {
      current.abort();
    }
  }

  static PgTrouble closed() {
    return new PgTrouble(
        Why.CANCELLED,
        new ConnectFailure(FailureKind.NOT_TRIED, null, "the look was closed", "look again"));
  }

  @Override
  public void close() {
    PgLink last;
    synchronized (lock) {
      closed = true;
      last = link;
      link = null;
    }
    if (last == null) {
      return;
    }
    if (guardian == null) {
      last.close();
    } else {
      guardian.give(last);
    }
  }
}
