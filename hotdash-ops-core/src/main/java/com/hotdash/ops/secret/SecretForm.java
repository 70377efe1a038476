package com.hotdash.ops.secret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds one secret in a text however its characters travel: raw, percent-encoded in full or in
 * part, with plus signs for spaces, escaped as in JSON, or in other letter case, as a misread
 * host's name. Not a regular expression: those recurse for each character, and a token of a few
 * thousand would overflow the stack.
 */
final class SecretForm {
  private static final HexFormat PERCENT = HexFormat.of().withPrefix("%").withUpperCase();

  private final String secret;
  private final String[] raw;
  private final String[] encoded;

  SecretForm(String secret) {
    this.secret = secret;
    raw = secret.codePoints().mapToObj(Character::toString).toArray(String[]::new);
    encoded = new String[raw.length];
    for (int i = 0; i < raw.length; i++) {
      encoded[i] = PERCENT.formatHex(raw[i].getBytes(StandardCharsets.UTF_8));
    }
  }

  int length() {
    return secret.length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretForm form && form.secret.equals(secret);
  }

  @Override
  public int hashCode() {
    return secret.hashCode();
  }

  String mask(String text) {
    StringBuilder masked = null;
    int copied = 0;
    for (int at = 0; at < text.length(); at++) {
      int end = canBegin(text.charAt(at)) ? match(text, at) : -1;
      if (end > at) {
        masked = masked == null ? new StringBuilder() : masked;
        masked.append(text, copied, at).append(Redactor.MASK);
        copied = end;
        at = end - 1;
      }
    }
    return masked == null ? text : masked.append(text, copied, text.length()).toString();
  }

  private boolean canBegin(char c) {
    return Character.toLowerCase(c) == Character.toLowerCase(raw[0].charAt(0))
        || c == '%'
        || c == '\\'
        || c == '+';
  }

  /**
   * Returns where the secret that begins here ends, or -1 if none begins here. A percent sign can
   * be itself or the beginning of an encoded character, so all ways are followed side by side.
   */
  private int match(String text, int from) {
    var ends = new TreeSet<>(Set.of(from));
    for (int i = 0; i < raw.length && !ends.isEmpty(); i++) {
      var next = new TreeSet<Integer>();
      for (int at : ends) {
        if (text.regionMatches(true, at, raw[i], 0, raw[i].length())) {
          next.add(at + raw[i].length());
        }
        if (text.regionMatches(true, at, encoded[i], 0, encoded[i].length())) {
          next.add(at + encoded[i].length());
        }
        if (text.startsWith("\\" + raw[i], at)) {
          next.add(at + 1 + raw[i].length());
        }
        if (raw[i].equals(" ") && text.startsWith("+", at)) {
          next.add(at + 1);
        }
      }
      ends = next;
    }
    return ends.isEmpty() ? -1 : ends.last();
  }
}
