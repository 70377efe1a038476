package com.hotdash.ops.testkit.fly;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a GraphQL document into tokens. A string keeps its opening quote and loses its escapes.
 */
final class GraphqlTokens {
  private static final int LONGEST = 100_000;
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<skip>[\\s,\\x{feff}]+|#[^\\n\\r]*)|(?<word>[_A-Za-z][_0-9A-Za-z]*|\\.\\.\\.|"
              + "-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|[!$(){}:=@\\[\\]|&])"
              + "|\"\"\"(?<block>(?:[^\"]|\"(?!\"\"))*)\"\"\"|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

  private GraphqlTokens() {}

  static List<String> of(String document) {
    if (document.length() > LONGEST) {
      throw new GraphqlDocument.SyntaxException("The document is too long");
    }
    var tokens = new ArrayList<String>();
    var matcher = TOKEN.matcher(document);
    int at = 0;
    while (at < document.length()) {
      matcher.region(at, document.length());
      if (!matcher.lookingAt()) {
        throw new GraphqlDocument.SyntaxException(
            "Parse error on \"" + document.charAt(at) + "\" at character " + at);
      }
      if (matcher.group("word") != null) {
        tokens.add(matcher.group("word"));
      } else if (matcher.group("block") != null) {
        tokens.add('"' + matcher.group("block"));
      } else if (matcher.group("text") != null) {
        tokens.add('"' + unescaped(matcher.group("text")));
      }
      at = matcher.end();
    }
    return tokens;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match -> {
              String what = match.group(1);
              String with =
                  switch (what.charAt(0)) {
                    case 'n' -> "\n";
                    case 't' -> "\t";
                    case 'r' -> "\r";
                    case 'b' -> "\b";
                    case 'f' -> "\f";
                    case 'u' -> String.valueOf((char) Integer.parseInt(what.substring(1), 16));
                    default -> what;
                  };
              return Matcher.quoteReplacement(with);
            });
  }
}
