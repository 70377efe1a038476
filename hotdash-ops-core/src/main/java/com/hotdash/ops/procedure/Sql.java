package com.hotdash.ops.procedure;

import java.util.regex.Pattern;

/** Names and texts of others, made safe to stand in a line that a person will paste into psql. */
final class Sql {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private Sql() {}

  static String name(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
