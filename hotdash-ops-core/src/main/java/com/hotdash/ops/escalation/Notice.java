package com.hotdash.ops.escalation;

import org.jspecify.annotations.Nullable;

/**
 * What the manager is told.
 *
 * @param alert the problem; redacted
 * @param urgency how urgent it is, and why
 * @param address where people work on it, or {@code null} if no place has an entry of it
 */
public record Notice(Alert alert, Urgency urgency, @Nullable String address) {
  @Override
  public String toString() {
    return urgency.priority() + " " + alert.title();
  }
}
