package com.hotdash.ops.github;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of a YAML text by their indentation. Only what is asked for is looked at, so that blocks
 * of scripts in it need not be understood; what is asked for and is not plain throws.
 */
record Outline(List<String> lines) {
  private static final Pattern KEY =
      Pattern.compile("(\"[^\"]+\"|'[^']+'|[A-Za-z_][^:#]*?)\\s*:(?:\\s+(.*))?");
  private static final int LONGEST = 512 * 1024;

  /** Reads a text, bounded. */
  static Outline of(String text) {
    if (text.length() > LONGEST) {
      throw new NotPlain("longer than " + LONGEST + " characters");
    }
    return new Outline(
        Arrays.stream(text.split("\r?\n", -1))
            .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
            .filter(line -> !line.equals("---"))
            .toList());
  }

  Optional<Entry> find(String key) {
    return entries().stream().filter(each -> each.key().equals(key)).findFirst();
  }

  /** The keys of the outermost block, in order. */
  List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    int at = 0;
    while (at < lines.size()) {
      int indent = indent(lines.get(0));
      var key = KEY.matcher(lines.get(at).substring(indent(lines.get(at))).stripTrailing());
      if (indent(lines.get(at)) != indent || !key.matches()) {
        throw new NotPlain("a line that is no key");
      }
      int from = ++at;
      // A list may stand as far left as the key that it belongs to.
      while (at < lines.size()
          && (indent(lines.get(at)) > indent
              || (indent(lines.get(at)) == indent && item(lines.get(at))))) {
        at++;
      }
      var value = key.group(2) == null ? "" : plain(key.group(2));
      entries.add(new Entry(plain(key.group(1)), value, new Outline(lines.subList(from, at))));
    }
    return entries;
  }

  private static int indent(String line) {
    int indent = 0;
    while (line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private static boolean item(String line) {
    return line.strip().startsWith("- ");
  }

  /** Without comment and quotes. */
  private static String plain(String raw) {
    var text = raw.strip();
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (first == '"' || first == '\'') {
      int end = text.indexOf(first, 1);
      if (end < 0 || text.indexOf('\\') >= 0 || !text.substring(end + 1).matches("\\s*(#.*)?")) {
        throw new NotPlain("a quoted text with more to it");
      }
      return text.substring(1, end);
    }
    if (first == '&' || first == '*' || first == '!') {
      throw new NotPlain("an anchor, alias or tag");
    }
    return text.startsWith("#") ? "" : text.replaceFirst("\\s+#.*$", "");
  }

  /** A key with what stands beside and below it. */
  record Entry(String key, String value, Outline below) {
    /** The list that the key holds, in either form; none if it holds nothing. */
    List<String> items() {
      if (value.startsWith("[")) {
        if (!value.endsWith("]")) {
          throw new NotPlain("a list over several lines");
        }
        var inner = value.substring(1, value.length() - 1);
        return inner.isBlank()
            ? List.of()
            : Arrays.stream(inner.split(",", -1)).map(Outline::plain).toList();
      }
      if (!value.isEmpty()) {
        throw new NotPlain("no list");
      }
      return below.lines().stream()
          .map(
              line -> {
                if (!item(line)) {
                  throw new NotPlain("a list of more than texts");
                }
                return plain(line.strip().substring(2));
              })
          .toList();
    }

    boolean list() {
      return value.startsWith("[")
          || (value.isEmpty() && !below.lines().isEmpty() && item(below.lines().get(0)));
    }
  }

  /** The text is of a form that this does not read. */
  static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlain(String what) {
      super(what);
    }
  }
}
