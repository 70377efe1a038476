package com.hotdash.ops.logs;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one message says, whatever its shape. Not redacted yet. */
record Entry(
    LogLine line,
    Shape shape,
    @Nullable Instant time,
    Level level,
    String message,
    @Nullable String module,
    @Nullable String errorType,
    @Nullable String errorCode,
    @Nullable Integer status,
    @Nullable String route,
    @Nullable Took took,
    @Nullable String stack,
    @Nullable String fingerprint,
    boolean failed) {
  /** The system's own error names; {@code ERROR} and {@code EXIT} are none. */
  static final String ERRNO =
      "E(?:(?:CONN|ADDR|NET|HOST|AI_)[A-Z]{2,16}|TIMEDOUT|NOTFOUND|PIPE|ACCES|PERM|NOENT|MFILE|NFILE|NOMEM"
          + "|NOSPC|EXIST|ISDIR|NOTDIR|NOTEMPTY|NOTCONN|NOTSUP|NOBUFS|BUSY|PROTO|SOCKETTIMEDOUT|CANCELED"
          + "|INVAL|AGAIN|BADF|ALREADY|XDEV|ROFS|LOOP|IO|SRCH|DQUOT|RANGE|RR_[A-Z0-9_]{3,60})";

  private static final Pattern EXCEPTION =
      Pattern.compile(
          "^(?:Uncaught |Unhandled |Exception in thread \"[^\"\n]{0,80}\" )?"
              + "((?:[A-Za-z_$][\\w$]{0,60}+\\.){0,10}+[A-Z][\\w$]{0,80}(?:Error|Exception))\\b");

  /** An exception's type at the start of a text. */
  static @Nullable String typeOf(String text) {
    var found = EXCEPTION.matcher(text);
    return found.find() ? found.group(1) : null;
  }

  String all() {
    return stack == null || message.contains(stack) ? message : message + "\n" + stack;
  }
}
