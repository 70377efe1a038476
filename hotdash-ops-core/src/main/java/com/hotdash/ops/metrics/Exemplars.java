package com.hotdash.ops.metrics;

import org.jspecify.annotations.Nullable;

/** Checks the form of an exemplar and drops it: an example of a request decides nothing here. */
final class Exemplars {
  private static final String BAD = "its exemplar is not well formed";

  private Exemplars() {}

  /** Reads from the {@code #} on. Returns what is wrong, or null. */
  static @Nullable String problem(byte[] b, int from, int to) {
    int at = Texts.skipBlanks(b, from + 1, to);
    if (at == to || b[at] != '{') {
      return BAD;
    }
    int close = closingBrace(b, at + 1, to);
    if (close < 0) {
      return BAD;
    }
    var numbers = new Numbers();
    at = Texts.skipBlanks(b, close + 1, to);
    int end = Texts.tokenEnd(b, at, to);
    numbers.parse(b, at, end);
    if (!numbers.valid()) {
      return BAD;
    }
    at = Texts.skipBlanks(b, end, to);
    if (at == to) {
      return null;
    }
    end = Texts.tokenEnd(b, at, to);
    double time = numbers.parse(b, at, end);
    boolean good = numbers.valid() && Double.isFinite(time);
    return good && Texts.skipBlanks(b, end, to) == to ? null : BAD;
  }

  /** Returns the place of the brace that closes a list of labels, or -1. */
  static int closingBrace(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '}') {
        return i;
      }
      if (b[i] == '"') {
        i = Texts.closingQuote(b, i + 1, to);
        if (i < 0) {
          return -1;
        }
      }
    }
    return -1;
  }
}
