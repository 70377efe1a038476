package com.hotdash.ops.logs;

import java.time.Instant;

/**
 * An exit of a process or a change of a check.
 *
 * @param at when
 * @param machine where, or {@code ""} if unknown
 * @param signature what happened
 * @param detail the exit code or the check's name
 */
public record LogEvent(Instant at, String machine, Signature signature, String detail) {
  @Override
  public String toString() {
    return at + " " + machine + " " + signature + (detail.isEmpty() ? "" : " " + detail);
  }
}
