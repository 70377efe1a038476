package com.hotdash.ops.monitor;

/**
 * Hears of every tick, so that somebody outside notices when they end: a monitor that died is as
 * silent as one to which all is well. An address that expects a call every few minutes, or a file
 * whose age is watched, is such a one. Implementations are thread-safe and return soon.
 */
@FunctionalInterface
public interface Heartbeat {
  /** Tells nobody. */
  Heartbeat NONE = tick -> {};

  /**
   * Hears of a tick, also of one that could not look or was left to another process.
   *
   * @param tick what came of it
   */
  void beat(Tick tick);
}
