package com.hotdash.ops.postgres;

import com.hotdash.ops.database.FailureKind;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way to know a cause: by its SQLSTATE, by its words, or by both.
 *
 * @param states the SQLSTATEs it comes with; empty for any. A text that names none fits as well, if
 *     the rule asks for words
 * @param words found anywhere in the text, in any case; {@code null} if the SQLSTATE is enough
 * @param kind the cause
 * @param nextStep what a person can do next
 */
record FailureRule(Set<String> states, @Nullable Pattern words, FailureKind kind, String nextStep) {

  static FailureRule words(String words, FailureKind kind, String nextStep) {
    return new FailureRule(Set.of(), pattern(words), kind, nextStep);
  }

  static FailureRule words(String states, String words, FailureKind kind, String nextStep) {
    return new FailureRule(split(states), pattern(words), kind, nextStep);
  }

  static FailureRule state(String states, FailureKind kind, String nextStep) {
    return new FailureRule(split(states), null, kind, nextStep);
  }

  boolean fits(@Nullable String state, String text) {
    if (words == null) {
      return state != null && states.contains(state);
    }
    return (states.isEmpty() || state == null || states.contains(state))
        && words.matcher(text).find();
  }

  private static Set<String> split(String states) {
    return Set.of(states.split(" "));
  }

  private static Pattern pattern(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }
}
