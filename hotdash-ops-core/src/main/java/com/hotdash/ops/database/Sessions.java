package com.hotdash.ops.database;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The client sessions of a server. Background workers and the look's own session are left out.
 *
 * @param visible the sessions that our role may see in full, at most as many as the reader's bound
 * @param hidden how many sessions there are besides, of which we can't tell the state
 * @param serverTime now, by the server's clock
 */
public record Sessions(List<Session> visible, int hidden, Instant serverTime) {
  /** Copies the sessions. */
  public Sessions {
    visible = List.copyOf(visible);
  }

  /**
   * Finds a session by its process id.
   *
   * @param pid the process id
   * @return the session, if we may see it
   */
  public Optional<Session> byPid(int pid) {
    return visible.stream().filter(session -> session.id().pid() == pid).findFirst();
  }

  /**
   * Tells how long the longest of some waiting sessions may have waited: as long as its statement
   * has been running. One that was not running a statement has only begun to wait.
   *
   * @param waiters the process ids of sessions that wait
   * @return the longest wait, or empty if one of them may be hidden from us
   */
  public Optional<Duration> longestWait(Collection<Integer> waiters) {
    var longest = Duration.ZERO;
    for (int pid : waiters) {
      var waiter = byPid(pid);
      if (waiter.isEmpty() && hidden > 0) {
        return Optional.empty();
      }
      if (waiter.isPresent() && waiter.get().state().equals(Session.ACTIVE)) {
        var wait = waiter.get().inState(serverTime);
        longest = wait.compareTo(longest) > 0 ? wait : longest;
      }
    }
    return Optional.of(longest);
  }

  /**
   * Returns whether one of some waiting sessions has waited for at least so long: the one rule by
   * which a blocker is diagnosed, chosen and verified.
   *
   * @param waiters the process ids of sessions that wait
   * @param atLeast how long
   * @return false if nobody waits; true if the longest wait cannot be seen, which must not pass for
   *     a short one
   */
  public boolean haveWaited(Collection<Integer> waiters, Duration atLeast) {
    return !waiters.isEmpty()
        && longestWait(waiters).map(wait -> wait.compareTo(atLeast) >= 0).orElse(true);
  }

  /**
   * Counts what active sessions wait for, at this one moment.
   *
   * @return sessions by wait, such as {@code Lock: transactionid}; those that wait for nothing are
   *     under {@code running}
   */
  public Map<String, Integer> waits() {
    var waits = new TreeMap<String, Integer>();
    visible.stream()
        .filter(session -> session.state().equals(Session.ACTIVE))
        .forEach(
            session ->
                waits.merge(
                    session.waitEvent() == null ? "running" : session.waitEvent(),
                    1,
                    Integer::sum));
    return Collections.unmodifiableMap(waits);
  }
}
