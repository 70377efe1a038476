package com.hotdash.ops.text;

/**
 * Texts of others, made short enough for a line. A text is cut between words and never within one:
 * half of a secret would pass every redaction that knows the whole.
 */
public final class Cut {
  private static final String BETWEEN = " \t\n,;\"'(){}[]<>|";

  private Cut() {}

  /**
   * Puts a text on one line and keeps its head.
   *
   * @param text the text
   * @param most how many characters may stay, at least 1
   * @return the text with single spaces, or its first whole words and an ellipsis, which may be all
   *     that is left of one long word
   */
  public static String line(String text, int most) {
    var line = text.strip().replaceAll("\\s+", " ");
    if (line.length() <= most) {
      return line;
    }
    int end = most - 1;
    while (end > 0 && BETWEEN.indexOf(line.charAt(end)) < 0) {
      end--;
    }
    return line.substring(0, end).stripTrailing() + "…";
  }
}
