package com.hotdash.ops.logs;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts names of kinds in the place of what differs from one case of an error to the next. */
final class Masks {
  /** A template of more is cut. */
  private static final int LONGEST = 1_000;

  private static final Pattern ID_LIKE =
      Pattern.compile("\\d{1,40}|(?=[A-Za-z_-]{0,60}\\d)[\\w-]{8,60}|[0-9a-fA-F-]{32,40}");

  // One pass, the alternatives in the order of the facts: what an earlier one took, no later one
  // sees.
  private static final Pattern ALL =
      Pattern.compile(
          "(?<time>\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)"
              + "|(?<uuid>(?<![0-9A-Za-z])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9A-Za-z]))"
              + "|(?<url>\\b(?:https?|wss?|postgres|postgresql|redis)://[^\\s\"'<>)]{1,1000}+)"
              + "|(?<mail>\\b[\\w.+-]{1,64}+@[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+){1,5}+)"
              + "|(?<ip>\\b\\d{1,3}+(?:\\.\\d{1,3}+){3}(?::\\d{1,5})?(?![\\w.])"
              + "|\\[[0-9a-fA-F:]{2,45}\\](?::\\d{1,5})?|(?<![\\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{1,4}(?![\\w:]))"
              + "|(?<gid>\\bgid://(?<gidkind>[\\w-]{1,40}/\\w{1,40})/\\d{1,40})"
              + "|(?<kept>(?i:\\b(?:http|status(?: ?code)?)[\"']?\\s?[:= ]\\s?[1-5]\\d\\d\\b)"
              + "|(?i:\\bcode[\"']?\\s?[:= ]\\s?[\"']?)(?:\\d{1,3}|[0-9A-Z]{5}|P[123]\\d{3}|E[A-Z_]{4,20})\\b[\"']?"
              + "|\\bSQLSTATE[ :=\\[]{1,3}[0-9A-Z]{5}\\b|\\bP[123]\\d{3}\\b|\\bP[A-Z]\\d\\d\\b|\\bE[A-Z_]{4,20}\\b"
              + "|\\b[A-Z][A-Za-z]{0,80}(?:Error|Exception)\\b)"
              + "|(?<hex>\\b0x[0-9a-fA-F]{1,64}\\b|\\b(?=[a-fA-F]{0,64}\\d)[0-9a-fA-F]{8,64}\\b)"
              + "|(?<dur>\\b(?:\\d{1,15}+(?:[.,]\\d{1,9}+){0,3}\\s?(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h)){1,5}+(?![\\w\u00b5\u03bc]))"
              + "|(?<size>\\b\\d{1,15}+(?:\\.\\d{1,9})?\\s?(?:[kKMGT]i?B|bytes|B)\\b)"
              + "|(?<str>(?<!\\w)(?:\"[^\"\\n]{0,200}\"|'[^'\\n]{0,200}')(?!\\w))"
              + "|(?<path>(?<![\\w.])/[\\w.%~+@:-]{1,200}+(?:/[\\w.%~+@:-]{1,200}+){0,30}/?)"
              + "|(?<id>(?<=[_=#-])(?=[A-Za-z]{0,40}\\d)[0-9A-Za-z]{1,64}(?![0-9A-Za-z])"
              + "|\\b(?=[A-Za-z]{0,40}\\d[A-Za-z]{0,40}\\d)[0-9A-Za-z]{6,64}\\b)"
              + "|(?<num>\\d{1,40}+(?:[.,]\\d{1,40}+){0,6}+)");

  private final Set<String> keptStrings;

  Masks(Set<String> keptStrings) {
    this.keptStrings = Set.copyOf(keptStrings);
  }

  String template(String message) {
    var text = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    var found = ALL.matcher(text);
    if (!found.find()) {
      return text;
    }
    var masked = new StringBuilder(text.length());
    int copied = 0;
    do {
      masked.append(text, copied, found.start()).append(mask(found));
      copied = found.end();
    } while (found.find());
    return masked.append(text, copied, text.length()).toString();
  }

  private String mask(Matcher found) {
    var text = found.group();
    if (found.group("kept") != null) {
      return text;
    }
    if (found.group("time") != null) {
      return "<TIME>";
    }
    if (found.group("url") != null) {
      return url(text);
    }
    if (found.group("mail") != null) {
      return "<EMAIL>";
    }
    if (found.group("ip") != null) {
      return "<IP>";
    }
    if (found.group("gid") != null) {
      return "gid://" + found.group("gidkind") + "/<ID>";
    }
    if (found.group("dur") != null) {
      return "<DURATION>";
    }
    if (found.group("size") != null) {
      return "<SIZE>";
    }
    if (found.group("str") != null) {
      var inner = text.substring(1, text.length() - 1);
      return keptStrings.contains(inner) || KEPT_CODE.matcher(inner).matches() ? text : "<STR>";
    }
    return found.group("path") != null
        ? path(text)
        : found.group("uuid") != null ? "<UUID>" : "<ID>";
  }

  private static final Pattern KEPT_CODE =
      Pattern.compile("P[123]\\d{3}|P[A-Z]\\d\\d|E[A-Z_]{4,20}");

  private static String url(String url) {
    int authority = url.indexOf("://") + 3;
    int path = url.indexOf('/', authority);
    if (path < 0) {
      int query = url.indexOf('?', authority);
      path = query < 0 ? url.length() : query;
    }
    int at = url.lastIndexOf('@', path);
    var host = url.substring(at > authority ? at + 1 : authority, path);
    return url.substring(0, authority) + host + path(url.substring(path));
  }

  /** A path with ids named, and without its query. */
  static String path(String path) {
    int query = path.indexOf('?');
    var plain = query < 0 ? path : path.substring(0, query);
    var masked = new StringBuilder();
    int start = 0;
    while (start <= plain.length()) {
      int slash = plain.indexOf('/', start);
      int end = slash < 0 ? plain.length() : slash;
      var part = plain.substring(start, end);
      masked.append(ID_LIKE.matcher(part).matches() ? "<ID>" : part);
      if (slash >= 0) {
        masked.append('/');
      }
      start = end + 1;
    }
    return masked.toString();
  }
}
