package com.hotdash.ops.logs;

/**
 * Takes terminal colours and control characters out of untrusted text, and cuts what is too long.
 */
final class CleanText {
  /** Longer lines are cut; the head says what happened. */
  static final int LONGEST = 64 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private CleanText() {}

  static String of(String raw) {
    var text = raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw;
    int i = 0;
    while (i < text.length() && !unwanted(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    var clean = new StringBuilder(text.length()).append(text, 0, i);
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        i = afterEscape(text, i + 1);
      } else {
        if (!unwanted(c)) {
          clean.append(c);
        }
        i++;
      }
    }
    return clean.toString();
  }

  private static boolean unwanted(char c) {
    return (c < ' ' && c != '\t' && c != '\n')
        || (c >= 0x7f && c < 0xa0)
        || c == BYTE_ORDER_MARK
        || bidirectional(c);
  }

  private static boolean bidirectional(char c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }

  private static int afterEscape(String text, int start) {
    if (start >= text.length()) {
      return start;
    }
    char kind = text.charAt(start);
    int i = start + 1;
    if (kind == '[') {
      while (i < text.length() && (text.charAt(i) < '@' || text.charAt(i) > '~')) {
        i++;
      }
      return Math.min(text.length(), i + 1);
    }
    if (kind == ']') {
      while (i < text.length() && text.charAt(i) != 7 && text.charAt(i) != '\u001b') {
        i++;
      }
      return Math.min(text.length(), i + 1);
    }
    return i;
  }
}
