package com.hotdash.ops.diagnosis;

/** Texts of others, made safe to stand in a line that a person will paste into jshell. */
final class JavaText {
  private static final char FIRST_PRINTABLE = 0x20;
  private static final char LAST_PRINTABLE = 0x7e;
  private static final char LAST_OCTAL = 0xff;

  private JavaText() {}

  static String literal(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      out.append(character(text.charAt(i)));
    }
    return out.append('"').toString();
  }

  static String call(String method, String first, String second) {
    return "." + method + "(" + literal(first) + ", " + literal(second) + ")";
  }

  private static String character(char c) {
    if (c == '"' || c == '\\') {
      return "\\" + c;
    }
    if (c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE) {
      return String.valueOf(c);
    }
    // Not a Unicode escape where octal will do: that of a line end would end the line.
    return (c <= LAST_OCTAL ? "\\%03o" : "\\u%04x").formatted((int) c);
  }
}
