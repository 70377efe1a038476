package com.hotdash.ops.text;

/** Takes from text whatever meaning it could have in HTML, in an element or in quotes. */
final class HtmlEscape {
  private HtmlEscape() {}

  static String line(String text) {
    return escape(Visible.line(text));
  }

  static String lines(String text) {
    return escape(Visible.lines(text));
  }

  private static String escape(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
