package com.hotdash.ops.shopify;

/** Wakes somebody later. Implementations are thread-safe. */
@FunctionalInterface
interface Alarm {
  /**
   * Sets an alarm.
   *
   * @param nanos how long from now
   * @param task what to run then; short, and never throws
   * @return takes the alarm back; does nothing once it has gone off
   */
  Runnable after(long nanos, Runnable task);
}
