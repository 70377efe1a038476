package com.hotdash.ops.shopify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All texts in the project's sources and docs that look like a document for Shopify: literals,
 * joined as they stand, rows of tables, bodies in JSON, code in comments and in Markdown.
 */
final class WrittenDocuments {
  // Comments and characters are matched so that quotes in them open nothing.
  private static final Pattern JAVA =
      Pattern.compile(
          "(?s)(?<comment>//[^\\n]*+|/\\*.*?\\*/)|'(?:[^'\\\\\\n]|\\\\.)++'"
              + "|\"\"\"\\s*?\\n(?<block>.*?)\"\"\"|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*+)\"");
  private static final Pattern MARKDOWN =
      Pattern.compile("(?s)```\\w*+\\n(?<fence>.*?)```|`(?<code>[^`\\n]++)`");

  // Literals that are joined, and what may stand between them.
  private static final String CALLED = "(?:[\\w.\\[\\]]|\\([^()\"]*+\\))++";
  private static final Pattern JOINT =
      Pattern.compile("\\s*+\\+\\s*+(?<hole>" + CALLED + "\\s*+\\+\\s*+)?+");
  private static final Pattern IN_JSON =
      Pattern.compile("\"query\"\\s*+:\\s*+\"((?:[^\"\\\\]|\\\\.)*+)\"?+");
  private static final Pattern LIKE_A_DOCUMENT =
      Pattern.compile(
          "(?s)\\s*+(\\{\\s*+(\\.{3}|[a-z]\\w*+\\s*+([({@a-z]|:\\s*+[a-z]))"
              + "|(query|mutation)\\b[^{]*+\\{).*+");
  private static final Pattern ESCAPE = Pattern.compile("(?s)\\\\(?:u++[0-9a-fA-F]{4}|(.))");
  private static final String HOLE = "\u0000";

  private WrittenDocuments() {}

  /**
   * One document.
   *
   * @param texts what it may be, with what is put in at run time filled in one way or another
   */
  record Found(String file, List<String> texts) {
    @Override
    public String toString() {
      return file + ": " + texts.get(0);
    }
  }

  static List<Found> all() throws IOException {
    var root = root();
    List<Path> files;
    try (var walk = Files.walk(root)) {
      files = walk.filter(WrittenDocuments::isRead).toList();
    }
    var all = new ArrayList<Found>();
    for (var file : files) {
      var name = root.relativize(file).toString().replace('\\', '/');
      var content = Files.readString(file);
      documents(name.endsWith(".md") ? markdown(content) : java(content))
          .forEach(text -> all.add(new Found(name, filled(text))));
    }
    return all;
  }

  /** Those among texts that look like documents. */
  static Stream<String> documents(List<String> texts) {
    return texts.stream()
        .flatMap(WrittenDocuments::unpacked)
        .flatMap(
            text -> text.contains(" | ") ? Stream.of(text.split("\\n| \\| ")) : Stream.of(text))
        .filter(text -> LIKE_A_DOCUMENT.matcher(text).matches());
  }

  private static Path root() {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("hotdash-ops-testkit"))) {
        return at;
      }
    }
    throw new IllegalStateException("not run within the project");
  }

  private static boolean isRead(Path file) {
    var path = file.toString();
    return path.matches(".*\\.(java|jsh|md)") && !path.matches(".*[/\\\\]target[/\\\\].*");
  }

  static List<String> java(String source) {
    var texts = new ArrayList<String>();
    var text = new StringBuilder();
    var token = JAVA.matcher(source);
    int end = -1;
    while (token.find()) {
      if (token.group("comment") != null) {
        texts.addAll(codeIn(token.group("comment")));
      }
      var literal = literal(token);
      if (literal == null) {
        continue;
      }
      var joint = JOINT.matcher(end < 0 ? "" : source.substring(end, token.start()));
      if (!joint.matches()) {
        texts.add(text.toString());
        text.setLength(0);
      } else if (joint.group("hole") != null) {
        text.append(HOLE);
      }
      text.append(literal);
      end = token.end();
    }
    texts.add(text.toString());
    return texts;
  }

  private static @Nullable String literal(Matcher token) {
    if (token.group("block") != null) {
      return unescaped(token.group("block").stripIndent());
    }
    return token.group("text") == null ? null : unescaped(token.group("text"));
  }

  /** What stands in a comment as {@code code}, whose braces are balanced. */
  private static List<String> codeIn(String comment) {
    var plain = comment.replaceAll("\\n\\s*+\\*", "\n");
    var codes = new ArrayList<String>();
    for (int at = plain.indexOf("{@code"); at >= 0; at = plain.indexOf("{@code", at + 1)) {
      int depth = 1;
      int end = at + 1;
      while (end < plain.length() && depth > 0) {
        char c = plain.charAt(end++);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
      codes.add(plain.substring(at + "{@code".length(), end - 1));
    }
    return codes;
  }

  static List<String> markdown(String prose) {
    var texts = new ArrayList<String>();
    var code = MARKDOWN.matcher(prose);
    while (code.find()) {
      var text = code.group("fence") == null ? code.group("code") : code.group("fence");
      texts.add(text);
      texts.addAll(java(text));
    }
    return texts;
  }

  private static Stream<String> unpacked(String text) {
    var json = IN_JSON.matcher(text);
    return json.find()
        ? json.reset().results().map(each -> unescaped(each.group(1)))
        : Stream.of(text.replace("\\\"", "\""));
  }

  /** Whichever escapes there are: those of Java, of JSON, or what only looks like one. */
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            each -> {
              var escaped = each.group(1) == null ? "?" : each.group(1);
              return Matcher.quoteReplacement(
                  escaped.matches("[trbf\\n]") ? " " : escaped.equals("n") ? "\n" : escaped);
            });
  }

  private static List<String> filled(String text) {
    var open = text.replaceAll("%[sd]", HOLE);
    return Stream.of("1", "id", "").map(each -> open.replace(HOLE, each)).distinct().toList();
  }
}
