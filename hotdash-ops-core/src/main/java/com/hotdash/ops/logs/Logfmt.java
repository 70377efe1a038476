package com.hotdash.ops.logs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pairs of one line in logfmt, read by hand: a pattern would recurse once for each escape. The
 * first thing that is no pair ends it.
 */
final class Logfmt {
  private static final int MOST = 100;

  private final String text;
  private int at;

  private Logfmt(String text) {
    this.text = text;
  }

  static Map<String, String> of(String text) {
    return new Logfmt(text).fields();
  }

  private Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    while (fields.size() < MOST) {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
      int start = at;
      while (at < text.length() && inName(text.charAt(at))) {
        at++;
      }
      if (at == start || at - start > 61 || Character.isDigit(text.charAt(start))) {
        break;
      }
      var name = text.substring(start, at);
      if (at == text.length() || text.charAt(at) <= ' ') {
        fields.putIfAbsent(name, "true");
      } else if (text.charAt(at) == '=') {
        at++;
        fields.putIfAbsent(name, value());
      } else {
        break;
      }
    }
    return fields;
  }

  private String value() {
    if (at < text.length() && text.charAt(at) == '"') {
      at++;
      return quoted();
    }
    int start = at;
    while (at < text.length() && text.charAt(at) > ' ') {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        break;
      }
      if (c == '\\' && at < text.length()) {
        char escaped = text.charAt(at++);
        switch (escaped) {
          case 'n' -> value.append('\n');
          case 't' -> value.append('\t');
          case 'r' -> value.append('\r');
          case '"', '\\' -> value.append(escaped);
          case 'u' -> unicode(value);
          default -> value.append(c).append(escaped);
        }
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }

  private void unicode(StringBuilder value) {
    int code = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        value.append("\\u");
        return;
      }
      code = code * 16 + digit;
    }
    value.append((char) code);
    at += 4;
  }

  private static boolean inName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }
}
