package com.hotdash.ops.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts names of kinds in the place of what differs from one case of an error to the next. The masks
 * go over the text one after another, in the order of the facts (section 13): what an earlier one
 * took, no later one takes apart. Codes and exception types stay.
 */
final class Masks {
  /** A template of more is cut. */
  private static final int LONGEST = 1_000;

  // What was masked stands as one character of this range until the end, what is kept as one of the
  // next: no mask takes them for text.
  private static final char MASKED = '\uE000';
  private static final char KEPT = '\uF000';
  private static final char LAST = '\uF8FF';
  private static final String TOKEN = "\uE000-\uF8FF";
  private static final Pattern PRIVATE = Pattern.compile("[" + TOKEN + "]");
  private static final Pattern HAS_KEPT = Pattern.compile("[\uF000-\uF8FF]");

  private static final Pattern ID_LIKE =
      Pattern.compile("\\d{1,40}|(?=[A-Za-z_-]{0,60}\\d)[\\w-]{8,60}|[0-9a-fA-F-]{32,40}");

  private static final Pattern QUOTED =
      Pattern.compile("(?<!\\w)(?:\"[^\"\\n]{0,200}\"|'[^'\\n]{0,200}')(?!\\w)");

  private enum Kind {
    TIME(
        "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?"),
    UUID(
        "(?<![0-9A-Za-z])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9A-Za-z])"),
    URL("\\b(?:https?|wss?|postgres|postgresql|redis)://[^\\s\"'<>)]{1,1000}+"),
    EMAIL("\\b[\\w.+-]{1,64}+@[\\w-]{1,63}+(?:\\.[\\w-]{1,63}+){1,5}+"),
    IP(
        "\\b\\d{1,3}+(?:\\.\\d{1,3}+){3}(?::\\d{1,5})?(?![\\w.])"
            + "|\\[(?=[0-9a-fA-F]{0,4}:)[0-9a-fA-F:]{2,45}\\](?::\\d{1,5})?|(?<![\\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{1,4}(?![\\w:])"),
    GID("\\bgid://[\\w-]{1,40}/\\w{1,40}/\\d{1,40}"),
    KEEP(
        "(?i:\\b(?:http|status(?: ?code)?)[\"']?\\s?[:= ]\\s?[1-5]\\d\\d\\b)"
            + "|(?i:\\bcode[\"']?\\s?[:= ]\\s?[\"']?)(?:\\d{1,3}|[0-9A-Z]{5}|P[123]\\d{3}|E[A-Z_]{4,20})\\b[\"']?"
            + "|(?i:\\bsqlstate)[ :=\\[]{1,3}[0-9A-Z]{5}\\b|(?i:\\berrno)[ :=]{1,2}-?\\d{1,3}\\b"
            + "|\\bHTTP/\\d(?:\\.\\d)? [1-5]\\d\\d\\b"
            + "|(?i:\\bresponse|\\bresponded with) [45]\\d\\d\\b(?! ?(?:[num\u00b5\u03bc]?s|[kKMG]?i?B|bytes)\\b)"
            + "|\\bP[123]\\d{3}\\b|\\bP[A-Z]\\d\\d\\b|\\bE[A-Z_]{4,20}\\b"
            + "|\\b[A-Z][A-Za-z]{0,80}(?:Error|Exception)\\b"),
    HEX("\\b0x[0-9a-fA-F]{1,64}\\b|\\b(?=[a-fA-F]{0,64}\\d)[0-9a-fA-F]{8,64}\\b"),
    DURATION(
        "\\b(?:\\d{1,15}+(?:[.,]\\d{1,9}+){0,3}\\s?(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h)){1,5}+(?![\\w\u00b5\u03bc])"),
    SIZE("\\b\\d{1,15}+(?:\\.\\d{1,9})?\\s?(?:[kKMGT]i?B|bytes|B)\\b"),
    STR(QUOTED.pattern()),
    PATH(
        "(?<![\\w."
            + TOKEN
            + "])/[\\w.%~+@:"
            + TOKEN
            + "-]{1,200}+(?:/[\\w.%~+@:"
            + TOKEN
            + "-]{1,200}+){0,30}/?"),
    GLUED(
        "(?<=[_=#-])(?=[A-Za-z]{0,40}\\d)[0-9A-Za-z]{1,64}(?![0-9A-Za-z])"
            + "|\\b(?=[A-Za-z]{0,40}\\d[A-Za-z]{0,40}\\d)[0-9A-Za-z]{6,64}\\b"),
    NUMBER("\\d{1,40}+(?:[.,]\\d{1,40}+){0,6}+");

    private final Pattern pattern;

    Kind(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }
  }

  private static final List<Kind> ORDER = List.of(Kind.values());

  private final Set<String> keptStrings;

  Masks(Set<String> keptStrings) {
    this.keptStrings = Set.copyOf(keptStrings);
  }

  String template(String message) {
    var cut = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    var text = PRIVATE.matcher(cut).replaceAll("?");
    var taken = new ArrayList<String>();
    for (var kind : ORDER) {
      text = kind.pattern.matcher(text).replaceAll(found -> mask(kind, found.group(), taken));
    }
    return told(text, taken);
  }

  private String mask(Kind kind, String text, List<String> taken) {
    return switch (kind) {
      case TIME, UUID, EMAIL, IP, DURATION, SIZE -> take("<" + kind + ">", MASKED, taken);
      case URL -> take(url(text), MASKED, taken);
      case GID -> take(text.substring(0, text.lastIndexOf('/')) + "/<ID>", MASKED, taken);
      case KEEP -> take(text, KEPT, taken);
      case STR -> quoted(text, taken);
      case PATH -> take(path(text), MASKED, taken);
      case HEX, GLUED, NUMBER -> take("<ID>", MASKED, taken);
    };
  }

  // A quoted text that names a code or a type is told by it: only its numbers and ids go.
  private String quoted(String text, List<String> taken) {
    if (keptStrings.contains(told(text.substring(1, text.length() - 1), taken))) {
      return take(text, MASKED, taken);
    }
    return HAS_KEPT.matcher(text).find()
        ? Matcher.quoteReplacement(text)
        : take("<STR>", MASKED, taken);
  }

  /** Keeps what stands for a piece of the text, and returns the one character that stands there. */
  private static String take(String instead, char range, List<String> taken) {
    taken.add(instead);
    int token = range + taken.size() - 1;
    // A text of a thousand characters has fewer pieces; whatever is over is the same kind of thing.
    return String.valueOf((char) Math.min(token, range == KEPT ? LAST : KEPT - 1));
  }

  private static String told(String text, List<String> taken) {
    var told = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < MASKED || c > LAST) {
        told.append(c);
      } else {
        told.append(told(taken.get(c - (c < KEPT ? MASKED : KEPT)), taken));
      }
    }
    return told.toString();
  }

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
