package com.hotdash.ops.metrics;

/** Takes ids out of routes, so that ten orders are one route. */
final class Routes {
  private static final int LONG = 20;
  private static final int HEX = 8;

  private Routes() {}

  static String template(String route) {
    int query = route.indexOf('?');
    var path = query < 0 ? route : route.substring(0, query);
    var out = new StringBuilder();
    int from = 0;
    while (from <= path.length()) {
      int to = path.indexOf('/', from);
      to = to < 0 ? path.length() : to;
      var segment = path.substring(from, to);
      out.append(from == 0 ? "" : "/").append(id(segment) ? ":id" : segment);
      from = to + 1;
    }
    return out.toString();
  }

  private static boolean id(String segment) {
    int digits = 0;
    int hex = 0;
    int plain = 0;
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      hex += Character.digit(c, 16) >= 0 || c == '-' ? 1 : 0;
      plain += c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_') ? 1 : 0;
    }
    int n = segment.length();
    return n > 0
        && digits > 0
        && (digits == n || (n >= HEX && hex == n) || (n >= LONG && plain == n));
  }
}
