package com.hotdash.ops.database;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection or a statement failed, by a named cause.
 *
 * @param kind the cause
 * @param sqlState the five characters that the server or driver gave, or {@code null} if none
 * @param text what came back, redacted
 * @param nextStep what a person can do next
 */
public record ConnectFailure(
    FailureKind kind, @Nullable String sqlState, String text, String nextStep) {
  @Override
  public String toString() {
    return kind.label() + (sqlState == null ? "" : " [" + sqlState + "]") + ": " + text;
  }
}
