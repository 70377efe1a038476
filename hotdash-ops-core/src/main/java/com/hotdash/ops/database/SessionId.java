package com.hotdash.ops.database;

import java.time.Instant;

/**
 * Which session: a process id alone is used again by the next one.
 *
 * @param pid the server's process id
 * @param backendStart when that process began, to the microsecond, by the server's clock
 */
public record SessionId(int pid, Instant backendStart) {
  @Override
  public String toString() {
    return pid + "@" + backendStart;
  }
}
