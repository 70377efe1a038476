package com.hotdash.ops.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
}
