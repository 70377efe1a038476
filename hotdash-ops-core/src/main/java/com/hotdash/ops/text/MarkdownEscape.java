package com.hotdash.ops.text;

import java.util.regex.Pattern;

/** Takes from text whatever meaning it could have in GitHub's Markdown. */
final class MarkdownEscape {
  // At the start of a block these make lists, headings and rules.
  private static final Pattern BLOCK_START =
      Pattern.compile("^(\\d{0,9})([-+](?=[-+ ]|$)|#(?=[# ]|$)|(?<=\\d)[.)](?= |$))");

  // A zero-width space after the sign is what keeps GitHub from telling a person or an issue.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])(@|#|GH-)(?=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}_])#(?=\\d)");

  private MarkdownEscape() {}

  static String escape(String line) {
    var out = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\\', '`', '*', '[', ']', '|', '~', '$' -> out.append('\\').append(c);
        case '_' -> out.append(insideWord(line, i) ? "_" : "\\_");
        default -> out.append(c);
      }
    }
    var escaped = BLOCK_START.matcher(out).replaceFirst("$1\\\\$2");
    return REFERENCE.matcher(escaped).replaceAll("$0&#8203;");
  }

  /** An underscore between letters or digits never means anything, and names are full of them. */
  private static boolean insideWord(String line, int at) {
    return at > 0
        && at + 1 < line.length()
        && Character.isLetterOrDigit(line.charAt(at - 1))
        && Character.isLetterOrDigit(line.charAt(at + 1));
  }
}
