package com.hotdash.ops.database;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the server allows and what it is busy with.
 *
 * @param version the server's version, such as {@code 15.19}
 * @param startedAt when the server began, by its own clock: another time is another server or a
 *     restart
 * @param inRecovery whether it is a standby or replays its log
 * @param readOnly whether new transactions may not write
 * @param changes index builds and schema changes that run right now
 */
public record ServerMode(
    String version,
    Instant startedAt,
    boolean inRecovery,
    boolean readOnly,
    List<RunningChange> changes) {
  /** Copies the changes. */
  public ServerMode {
    changes = List.copyOf(changes);
  }

  /** Those who make a change can wait for long by its nature: that is nobody's trouble. */
  Set<Integer> changing() {
    return changes.stream().map(RunningChange::pid).collect(Collectors.toSet());
  }

  /**
   * An index build or schema change that runs right now.
   *
   * @param pid the process id that makes it
   * @param what what it does, such as {@code CREATE INDEX CONCURRENTLY on orders: waiting for
   *     writers before build}
   * @param waiting whether it waits for a lock right now
   */
  public record RunningChange(int pid, String what, boolean waiting) {}
}
