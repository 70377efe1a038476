package com.hotdash.ops.escalation;

import org.jspecify.annotations.Nullable;

/**
 * What the manager is told.
 *
 * @param alert the problem; redacted
 * @param urgency how urgent it is, and why
 * @param address where people work on it, or {@code null} if no place has an entry of it
 * @param reply how it is acknowledged, and how often it is told until then; a sentence
 */
public record Notice(Alert alert, Urgency urgency, @Nullable String address, String reply) {
  @Override
  public String toString() {
    return urgency.priority() + " " + alert.title();
  }
}
