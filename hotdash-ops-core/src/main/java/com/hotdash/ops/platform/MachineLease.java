package com.hotdash.ops.platform;

import com.hotdash.ops.time.Stamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to change one machine, which somebody holds now.
 *
 * @param machine the machine's id
 * @param holder who holds it, as the platform names them
 * @param purpose what they said about it; empty if nothing
 * @param until when it ends unless its holder prolongs it, by the platform's clock, or {@code null}
 *     if the platform does not say
 * @param mark tells this lease from another of the same holder, and stays when it is prolonged; no
 *     credential
 */
public record MachineLease(
    String machine, String holder, String purpose, @Nullable Instant until, String mark) {
  /**
   * Tells who holds what, for how long.
   *
   * @return such as {@code machine 3d8d is leased by alice (a deploy) until 2026-11-23T03:02:00Z}
   */
  @Override
  public String toString() {
    return "machine " + machine + " is leased by " + held();
  }

  /** Tells who holds it, for how long. */
  String held() {
    return holder
        + (purpose.isEmpty() ? "" : " (" + purpose + ")")
        + (until == null ? ", nobody says until when" : " until " + Stamp.of(until));
  }
}
