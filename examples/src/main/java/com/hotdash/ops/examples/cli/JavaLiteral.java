package com.hotdash.ops.examples.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a Java string literal as the compiler does. */
final class JavaLiteral {
  private static final String TOKEN =
      "\\\\u+[0-9a-fA-F]{4}|\\\\(?:[0-3][0-7]{2}|[0-7]{1,2}|[btnfrs\"'\\\\])|[^\"\\\\\\r\\n]";
  private static final Pattern TOKENS = Pattern.compile(TOKEN);
  private static final Pattern LITERAL = Pattern.compile("\"(?:" + TOKEN + ")*+\"");
  private static final int HEX = 16;

  private JavaLiteral() {}

  /** Returns the text, or empty if it is not one literal. */
  static Optional<String> parse(String literal) {
    if (!LITERAL.matcher(literal).matches()) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    var tokens = TOKENS.matcher(literal.substring(1, literal.length() - 1));
    while (tokens.find()) {
      var token = tokens.group();
      if (!token.startsWith("\\u")) {
        text.append(token.translateEscapes());
        continue;
      }
      var c = (char) Integer.parseInt(token.substring(token.length() - 4), HEX);
      if (c == '"' || c == '\\' || c == '\n' || c == '\r') {
        // To the compiler these are part of the literal's form, not of its text.
        return Optional.empty();
      }
      text.append(c);
    }
    return Optional.of(text.toString());
  }
}
