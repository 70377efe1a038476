package com.hotdash.ops.logs;

import com.hotdash.ops.secret.Redactor;
import java.util.regex.Pattern;

/**
 * Takes credentials, cookies and people's addresses out of a line before anything of it is kept.
 */
final class LogRedaction {
  private static final Pattern MAIL =
      Pattern.compile("[\\w.+%-]{1,64}+@[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+){1,5}+");
  private static final Pattern COOKIE =
      Pattern.compile("(?i)(\\b(?:set-)?cookie[\"']?\\s{0,3}[:=]\\s{0,3})[^\\r\\n\"]{1,4000}");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "(?i)(\\bauthorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?)[^\\r\\n\"',}]{1,4000}");

  private final Redactor redactor;

  LogRedaction(Redactor redactor) {
    this.redactor = redactor;
  }

  String of(String text) {
    var clean = redactor.redact(text);
    clean = COOKIE.matcher(clean).replaceAll("$1" + Redactor.MASK);
    clean = AUTHORIZATION.matcher(clean).replaceAll("$1" + Redactor.MASK);
    return clean.indexOf('@') < 0 ? clean : MAIL.matcher(clean).replaceAll("<EMAIL>");
  }
}
