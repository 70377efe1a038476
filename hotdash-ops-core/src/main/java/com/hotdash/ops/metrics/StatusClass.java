package com.hotdash.ops.metrics;

import java.util.Locale;

/** How a request ended, by whatever word the status label has. */
final class StatusClass {
  static final String SERVER_ERROR = "5xx";
  static final String EXCEPTION = "exception";
  static final String UNKNOWN = "unknown";

  private StatusClass() {}

  static String of(String status) {
    var word = status.toLowerCase(Locale.ROOT);
    if (word.length() == 3 && word.charAt(0) >= '1' && word.charAt(0) <= '5') {
      boolean number = Character.isDigit(word.charAt(1)) && Character.isDigit(word.charAt(2));
      if (number || word.endsWith("xx")) {
        return word.charAt(0) + "xx";
      }
    }
    return switch (word) {
      case "informational" -> "1xx";
      case "success" -> "2xx";
      case "redirection" -> "3xx";
      case "client_error" -> "4xx";
      case "server_error" -> SERVER_ERROR;
      case "exception", "error", "timeout" -> EXCEPTION;
      default -> UNKNOWN;
    };
  }

  static boolean error(String statusClass) {
    return statusClass.equals(SERVER_ERROR) || statusClass.equals(EXCEPTION);
  }
}
