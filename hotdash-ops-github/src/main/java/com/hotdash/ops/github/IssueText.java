package com.hotdash.ops.github;

import com.hotdash.ops.secret.Redactor;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text as it may stand in an issue: redacted, within GitHub's bounds, and without calling people or
 * linking issues that it happens to name.
 *
 * @param redactor takes the credentials out
 */
record IssueText(Redactor redactor) {
  static final int LONGEST_TITLE = 256;

  // GitHub's own bound is 65,536 of a unit that it does not tell.
  static final int LONGEST_BODY = 60_000;

  // GitHub's own words: name is too long (maximum is 50 characters).
  private static final int LONGEST_LABEL = 50;
  private static final int MOST_LABELS = 100;

  private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})(.*)$");
  // What our own pages escape, such as &#8203;, names a character and no issue.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_/])@(?=[\\p{L}\\p{N}])|(?<!&(?=#\\d{1,7};))#(?=\\d)|(?<![\\p{L}\\p{N}_])GH-(?=\\d)");

  // What a mention is broken with; it shows as nothing.
  private static final String NOTHING = "\u200b";

  /** One line, cut with an ellipsis. */
  String title(String title) {
    var line = redactor.redact(title).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    var safe = REFERENCE.matcher(line).replaceAll("$0" + NOTHING);
    return safe.length() <= LONGEST_TITLE ? safe : prefix(safe, LONGEST_TITLE - 1) + "…";
  }

  /** Names that GitHub takes for labels; a name that is cut would be another label. */
  static List<String> labels(String... names) {
    if (names.length > MOST_LABELS) {
      throw new IllegalArgumentException(
          "an issue carries " + MOST_LABELS + " labels at most, not " + names.length);
    }
    for (var name : names) {
      if (!fitsLabel(name)) {
        throw new IllegalArgumentException(
            "a label has 1 to " + LONGEST_LABEL + " characters, not " + name.strip().length());
      }
    }
    return List.of(names);
  }

  static boolean fitsLabel(String name) {
    return !name.isBlank() && name.length() <= LONGEST_LABEL;
  }

  /** Markdown, followed by lines of our own that are never cut. */
  String body(String markdown, String end) {
    var safe = quiet(redactor.redact(markdown));
    int room = LONGEST_BODY - end.length() - 2;
    if (safe.length() > room) {
      var note = "\n\n_Cut here: the whole text has %,d characters._\n".formatted(safe.length());
      // A fence that the cut leaves open would swallow the note.
      var kept = prefix(safe, room - note.length() - 200);
      var fence = openFence(kept);
      safe = kept + (fence == null ? "" : "\n" + fence) + note;
    }
    return end.isEmpty() ? safe : safe.stripTrailing() + "\n\n" + end;
  }

  /** Breaks mentions and references, but not within code, where they are none. */
  static String quiet(String markdown) {
    var out = new StringBuilder(markdown.length() + 64);
    @Nullable String fence = null;
    for (var line : markdown.split("\n", -1)) {
      var found = FENCE.matcher(line);
      boolean isFence = found.matches();
      if (fence != null) {
        out.append(line);
        fence = isFence && closes(found.group(1), found.group(2), fence) ? null : fence;
      } else if (isFence && opens(found.group(1), found.group(2))) {
        fence = found.group(1);
        // The words after a fence are shown by nobody, but read by all.
        out.append(broken(line));
      } else {
        quietLine(line, out);
      }
      out.append('\n');
    }
    out.setLength(out.length() - 1);
    return out.toString();
  }

  private static @Nullable String openFence(String markdown) {
    @Nullable String fence = null;
    for (var line : markdown.split("\n", -1)) {
      var found = FENCE.matcher(line);
      if (!found.matches()) {
        continue;
      }
      if (fence == null) {
        fence = opens(found.group(1), found.group(2)) ? found.group(1) : null;
      } else if (closes(found.group(1), found.group(2), fence)) {
        fence = null;
      }
    }
    return fence;
  }

  private static boolean opens(String marks, String rest) {
    return marks.charAt(0) == '~' || rest.indexOf('`') < 0;
  }

  private static boolean closes(String marks, String rest, String fence) {
    return rest.isBlank() && marks.charAt(0) == fence.charAt(0) && marks.length() >= fence.length();
  }

  private static void quietLine(String line, StringBuilder out) {
    int at = 0;
    while (at < line.length()) {
      int open = line.indexOf('`', at);
      if (open < 0) {
        break;
      }
      int length = runLength(line, open);
      int close = closing(line, open + length, length);
      out.append(broken(line.substring(at, open)));
      int end = close < 0 ? open + length : close + length;
      out.append(line, open, end);
      at = end;
    }
    out.append(broken(line.substring(at)));
  }

  private static int runLength(String line, int at) {
    int end = at;
    while (end < line.length() && line.charAt(end) == '`') {
      end++;
    }
    return end - at;
  }

  private static int closing(String line, int from, int length) {
    for (int at = line.indexOf('`', from); at >= 0; at = line.indexOf('`', at)) {
      int run = runLength(line, at);
      if (run == length) {
        return at;
      }
      at += run;
    }
    return -1;
  }

  private static String broken(String text) {
    return REFERENCE.matcher(text).replaceAll("$0" + NOTHING);
  }

  /** Never half of a character. */
  private static String prefix(String text, int length) {
    int end = Math.max(0, Math.min(length, text.length()));
    return text.substring(
        0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }
}
