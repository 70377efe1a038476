package com.hotdash.ops.testkit.fly;

import java.time.Instant;

/**
 * Something that was carried out, whether or not its answer arrived.
 *
 * @param at when, by the simulator's time
 * @param kind such as {@code machine.update}, {@code lease.acquire}, {@code secrets.set}; {@code
 *     platform.put-back} and {@code platform.exit} are the platform's own
 * @param target the machine's id, or the app's name
 * @param detail what was done, without secrets and lease nonces
 */
public record FlyChange(Instant at, String kind, String target, String detail) {
  @Override
  public String toString() {
    return at + " " + kind + ' ' + target + (detail.isEmpty() ? "" : ' ' + detail);
  }
}
