package com.hotdash.ops.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement, well enough to find tables and comparisons in it. Whatever it does not
 * know becomes a word that matches nothing.
 */
final class SqlTokens {
  // A statement that Prisma makes for a wide model has some thousands.
  private static final int MOST = 20_000;

  /** What kind of word. */
  enum Kind {
    /** A name or keyword without quotes, in lower case. */
    WORD,
    /** A name within quotes, without them. */
    QUOTED,
    /** A parameter, number or string. */
    VALUE,
    /** An operator or a sign. */
    SIGN
  }

  /** One word. */
  record Token(Kind kind, String text) {
    boolean is(String word) {
      return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
    }

    boolean name() {
      return kind == Kind.WORD || kind == Kind.QUOTED;
    }
  }

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    var reader = new SqlTokens(sql);
    while (reader.at < sql.length() && reader.tokens.size() < MOST) {
      reader.next();
    }
    return reader.tokens;
  }

  private void next() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", at)) {
      int end = sql.indexOf("*/", at + 2);
      at = end < 0 ? sql.length() : end + 2;
    } else if (c == '"') {
      quoted('"', Kind.QUOTED);
    } else if (c == '\'') {
      quoted('\'', Kind.VALUE);
    } else if (Character.isDigit(c) || c == '$') {
      take(Kind.VALUE, wordEnd(at + 1));
    } else if (Character.isLetter(c) || c == '_') {
      int end = wordEnd(at);
      add(Kind.WORD, sql.substring(at, end).toLowerCase(Locale.ROOT), end);
    } else {
      take(Kind.SIGN, signEnd());
    }
  }

  private void quoted(char quote, Kind kind) {
    var text = new StringBuilder();
    int i = at + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        i++;
      } else if (c == quote) {
        break;
      }
      text.append(c);
      i++;
    }
    add(kind, text.toString(), Math.min(sql.length(), i + 1));
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end))
            || sql.charAt(end) == '_'
            || sql.charAt(end) == '$')) {
      end++;
    }
    return end;
  }

  private int signEnd() {
    int end = at + 1;
    boolean operator = "<>=!:".indexOf(sql.charAt(at)) >= 0;
    while (operator && end < sql.length() && "<>=:".indexOf(sql.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private void take(Kind kind, int end) {
    add(kind, sql.substring(at, end), end);
  }

  private void add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text));
    at = end;
  }
}
