package com.hotdash.ops.metrics;

import java.nio.charset.StandardCharsets;

/** Bytes of label values, names and help, as text. */
final class Texts {
  private Texts() {}

  /** Undoes {@code \\}, {@code \"} and {@code \n}; keeps any other backslash with its letter. */
  static String unescape(byte[] b, int from, int to) {
    return unescape(b, from, to, true);
  }

  static String unescape(byte[] b, int from, int to, boolean quotes) {
    int i = from;
    while (i < to && b[i] != '\\') {
      i++;
    }
    if (i == to) {
      return new String(b, from, to - from, StandardCharsets.UTF_8);
    }
    var out = new byte[to - from];
    int used = 0;
    for (i = from; i < to; i++) {
      byte c = b[i];
      if (c == '\\' && i + 1 < to) {
        byte next = b[i + 1];
        if (next == '\\' || next == 'n' || (quotes && next == '"')) {
          c = next == 'n' ? (byte) '\n' : next;
          i++;
        }
      }
      out[used++] = c;
    }
    return new String(out, 0, used, StandardCharsets.UTF_8);
  }

  static boolean blank(byte c) {
    return c == ' ' || c == '\t';
  }

  static boolean nameStart(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean namePart(byte c) {
    return nameStart(c) || (c >= '0' && c <= '9');
  }

  /** Returns where a metric name that begins here ends; the same place if none begins. */
  static int metricName(byte[] b, int from, int to) {
    int i = from;
    if (i < to && (nameStart(b[i]) || b[i] == ':')) {
      for (i++; i < to && (namePart(b[i]) || b[i] == ':'); ) {
        i++;
      }
    }
    return i;
  }

  /** Returns where a label name that begins here ends; the same place if none begins. */
  static int labelName(byte[] b, int from, int to) {
    int i = from;
    if (i < to && nameStart(b[i])) {
      for (i++; i < to && namePart(b[i]); ) {
        i++;
      }
    }
    return i;
  }

  /** Returns the place of the quote that closes what was opened before, or -1. */
  static int closingQuote(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '"') {
        return i;
      }
      if (b[i] == '\\') {
        i++;
      }
    }
    return -1;
  }

  static int skipBlanks(byte[] b, int from, int to) {
    int i = from;
    while (i < to && blank(b[i])) {
      i++;
    }
    return i;
  }

  static int tokenEnd(byte[] b, int from, int to) {
    int i = from;
    while (i < to && !blank(b[i])) {
      i++;
    }
    return i;
  }
}
