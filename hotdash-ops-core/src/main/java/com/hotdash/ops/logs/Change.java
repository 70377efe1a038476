package com.hotdash.ops.logs;

import java.time.Instant;

/**
 * A release or a change of a secret, to compare the beginning of errors with.
 *
 * @param name such as {@code v118}
 * @param at when it was made
 */
public record Change(String name, Instant at) {
  @Override
  public String toString() {
    return name + " at " + at;
  }
}
