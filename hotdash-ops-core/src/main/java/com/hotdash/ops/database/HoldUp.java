package com.hotdash.ops.database;

import java.time.Duration;

/**
 * A transaction that an index cannot be built or dropped past without waiting.
 *
 * @param who such as {@code pid 4711 hotdash_app (web)}
 * @param state the server's own word, such as {@code idle in transaction}
 * @param open how long it has been open
 */
public record HoldUp(String who, String state, Duration open) {
  @Override
  public String toString() {
    return who + ", " + state + ", open for " + open.toSeconds() + " s";
  }
}
