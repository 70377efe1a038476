package com.hotdash.ops.logs;

import com.hotdash.ops.secret.Redactor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes control characters, credentials, cookies and people's addresses out of a text before
 * anything of it is kept. Everything in a result has come through here.
 */
final class LogRedaction {
  // A result shows 1,000 characters at most; a longer text would only cost the patterns their time.
  private static final int LONGEST = 8 * 1024;
  private static final int TORN = 512;

  private static final Pattern MAIL =
      Pattern.compile("[\\w.+%-]{1,64}+@[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+){1,5}+");
  private static final Pattern COOKIE =
      Pattern.compile("(?i)(\\b(?:set-)?cookie[\"']?\\s{0,3}[:=]\\s{0,3})[^\\r\\n\"]{1,8192}");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "(?i)(\\bauthorization[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?)[^\\r\\n\"',}]{1,8192}");

  private final Redactor redactor;

  LogRedaction(Redactor redactor) {
    this.redactor = redactor;
  }

  String of(String text) {
    // Control characters go first: inside a credential they would hide it from the redactor.
    var plain = CleanText.of(text);
    return plain.length() <= LONGEST ? masked(plain) : masked(head(plain)) + "…";
  }

  @Nullable String orNull(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** The text, and no more than so many characters of it once it is redacted. */
  String of(String text, int most) {
    var clean = of(text);
    return clean.length() > most ? clean.substring(0, most) : clean;
  }

  // A credential that the cut went through would not be known any more: its piece goes too.
  private static String head(String text) {
    int end = LONGEST - TORN;
    while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    return text.substring(0, end);
  }

  private String masked(String text) {
    var clean = redactor.redact(text);
    clean = COOKIE.matcher(clean).replaceAll("$1" + Redactor.MASK);
    clean = AUTHORIZATION.matcher(clean).replaceAll("$1" + Redactor.MASK);
    return clean.indexOf('@') < 0 ? clean : MAIL.matcher(clean).replaceAll("<EMAIL>");
  }
}
