package com.hotdash.ops.text;

/**
 * Makes every character of untrusted text visible, so that none can move a cursor, colour a
 * terminal, turn the direction of a line or hide. What would do so is written as <code>&#92;u{1b}
 * </code>.
 *
 * <p>Nothing is dropped: dropping could join two halves that the redactor saw apart.
 */
final class Visible {
  private Visible() {}

  /** Makes one line: any white space becomes one space, and none stays at the ends. */
  static String line(String text) {
    var out = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (white(c)) {
        space = true;
        continue;
      }
      if (space && out.length() > 0) {
        out.append(' ');
      }
      space = false;
      append(out, c);
    }
    return out.toString();
  }

  /** Keeps line ends, as <code>&#92;n</code>, and all other white space. */
  static String lines(String text) {
    var plain = text.replace("\r\n", "\n").stripTrailing();
    var out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i += Character.charCount(plain.codePointAt(i))) {
      int c = plain.codePointAt(i);
      if (c == '\n' || c == '\t') {
        out.append((char) c);
      } else {
        append(out, c);
      }
    }
    return out.toString();
  }

  private static boolean white(int c) {
    return c == '\n' || c == '\r' || c == '\t' || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  private static void append(StringBuilder out, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          out.append("\\u{").append(Integer.toHexString(c)).append('}');
      default -> out.appendCodePoint(c);
    }
  }
}
