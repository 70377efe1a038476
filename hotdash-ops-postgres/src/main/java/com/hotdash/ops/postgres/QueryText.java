package com.hotdash.ops.postgres;

/**
 * Takes the values out of a statement, so that it can be shown: strings, dollar quotes and numbers
 * become {@code ?}, comments go. A statement that was cut within a string is masked to its end.
 */
final class QueryText {
  static final int LONGEST = 200;

  private final String sql;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private QueryText(String sql) {
    this.sql = sql;
  }

  /** The statement without values, on one line, at most {@value #LONGEST} characters. */
  static String template(String sql) {
    var masked = mask(sql);
    return masked.length() > LONGEST ? masked.substring(0, LONGEST - 1) + "…" : masked;
  }

  /** The statement without values, on one line. */
  static String mask(String sql) {
    var text = new QueryText(sql);
    text.run();
    return text.out.toString().replaceAll("\\s+", " ").strip();
  }

  private void run() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'') {
        string(escapes());
      } else if (c == '"') {
        copyIdentifier();
      } else if (starts("--")) {
        int end = sql.indexOf('\n', at);
        comment(end < 0 ? sql.length() : end);
      } else if (starts("/*")) {
        comment(endOfBlock());
      } else if (c == '$' && !afterWord()) {
        dollar();
      } else if (number(c)) {
        skipNumber();
        out.append('?');
      } else {
        out.append(c);
        at++;
      }
    }
  }

  private boolean starts(String mark) {
    return sql.startsWith(mark, at);
  }

  private boolean afterWord() {
    return at > 0 && wordPart(sql.charAt(at - 1));
  }

  private static boolean wordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private boolean number(char c) {
    if (afterWord()) {
      return false;
    }
    return digit(c) || (c == '.' && at + 1 < sql.length() && digit(sql.charAt(at + 1)));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Takes 1.5e-3, 0xff and 1_000 whole; a sign belongs to an exponent only. */
  private void skipNumber() {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      char before = sql.charAt(at - 1);
      boolean sign = (c == '+' || c == '-') && (before == 'e' || before == 'E');
      if (!(wordPart(c) || c == '.' || sign)) {
        return;
      }
      at++;
    }
  }

  /**
   * Whether the string that begins here is E'…', in which a backslash takes the quote's meaning.
   */
  private boolean escapes() {
    if (at == 0) {
      return false;
    }
    char before = sql.charAt(at - 1);
    return (before == 'e' || before == 'E') && (at == 1 || !wordPart(sql.charAt(at - 2)));
  }

  private void string(boolean escapes) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (escapes && c == '\\') {
        at += 2;
      } else if (c == '\'' && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
        at += 2;
      } else if (c == '\'') {
        break;
      } else {
        at++;
      }
    }
    at = Math.min(sql.length(), at + 1);
    out.append('?');
  }

  private void copyIdentifier() {
    int end = sql.indexOf('"', at + 1);
    int next = end < 0 ? sql.length() : end + 1;
    out.append(sql, at, next);
    at = next;
  }

  private void comment(int end) {
    at = end;
    out.append(' ');
  }

  private int endOfBlock() {
    int depth = 1;
    int i = at + 2;
    while (i < sql.length() && depth > 0) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        i++;
      }
    }
    return i;
  }

  /** Masks $tag$…$tag$, and copies the number of a parameter such as $1. */
  private void dollar() {
    int i = at + 1;
    while (i < sql.length() && wordPart(sql.charAt(i)) && sql.charAt(i) != '$') {
      i++;
    }
    boolean parameter = at + 1 < sql.length() && digit(sql.charAt(at + 1));
    if (parameter || i >= sql.length() || sql.charAt(i) != '$') {
      // A tag that was cut off hides nothing yet.
      out.append(sql, at, i);
      at = i;
      return;
    }
    var tag = sql.substring(at, i + 1);
    int end = sql.indexOf(tag, i + 1);
    at = end < 0 ? sql.length() : end + tag.length();
    out.append('?');
  }
}
