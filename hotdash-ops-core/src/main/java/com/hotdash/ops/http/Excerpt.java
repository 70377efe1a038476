package com.hotdash.ops.http;

import com.hotdash.ops.secret.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The start of a foreign text, on one line, without control characters and without credentials, for
 * people to read in a message.
 */
public final class Excerpt {
  static final int LONGEST = 400;

  // Redacting looks at this much: enough for the longest tokens that services give out.
  private static final int WINDOW = 16 * 1024;
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]{0,200}>([^<]{1,500})</title", Pattern.CASE_INSENSITIVE);

  private Excerpt() {}

  static String of(byte[] body, Redactor redactor) {
    if (body.length == 0) {
      return "empty body";
    }
    boolean cut = body.length > WINDOW;
    var text = new String(body, 0, Math.min(body.length, WINDOW), StandardCharsets.UTF_8);
    if (cut) {
      text = wholeWords(text);
    }
    var title = TITLE.matcher(text);
    if (text.stripLeading().startsWith("<") && title.find()) {
      text = "HTML page \"" + title.group(1).strip() + "\"";
    }
    return oneLine(redactor.redact(text), cut);
  }

  /**
   * Makes a text of a service fit to be shown.
   *
   * @param text any text, such as a header or a field of an answer
   * @param redactor takes the credentials out
   * @return at most 400 characters on one line
   */
  public static String of(String text, Redactor redactor) {
    return of(text.getBytes(StandardCharsets.UTF_8), redactor);
  }

  // Half a credential is not recognised: what the window cut through must go.
  private static String wholeWords(String text) {
    int end = text.length();
    while (end > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String oneLine(String clean, boolean cut) {
    var line = clean.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    if (line.isEmpty()) {
      return cut ? "a long body without a break" : "blank body";
    }
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : cut ? line + " …" : line;
  }
}
