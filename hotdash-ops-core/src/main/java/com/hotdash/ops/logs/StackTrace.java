package com.hotdash.ops.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The deepest telling cause of a trace, and the application's own frames in it. */
record StackTrace(@Nullable String type, String message, List<String> frames) {
  private static final int MOST_LINES = 400;
  private static final int MOST_FRAMES = 12;
  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s{0,20}at (?:async |new )?([^\\s(]{1,300})(?: \\[as [^\\]]{1,80}\\])? ?(?:\\(([^)]{0,500})\\))?");
  private static final Pattern CAUSE =
      Pattern.compile("^\\s{0,20}(?:Caused by:|\\[cause\\]:) ?(.{0,2000})");
  private static final Pattern BUILD_HASH =
      // A hash of eight characters without a digit still mixes its letters.
      Pattern.compile(
          "[-.](?:(?=[A-Za-z_]*\\d)\\w{6,20}|(?=[\\w-]{1,7}[A-Z])(?=[\\w-]{0,7}[a-z])[\\w-]{8})(?=\\.[a-z]{2,4}$)");
  private static final Pattern POSITION = Pattern.compile("(?::\\d{1,9}){1,2}$|\\?[^:]{0,200}");
  private static final Pattern FOREIGN =
      Pattern.compile(
          "node_modules|node:|^java\\.|^javax\\.|^jdk\\.|^sun\\.|^org\\.springframework\\.|^internal/|^<anonymous>$|^native$");

  static boolean isTrace(String text) {
    return text.contains("\n    at ")
        || text.contains("\n\tat ")
        || text.contains("\nCaused by:")
        || text.contains("[cause]:");
  }

  static String head(String text) {
    int end = text.indexOf("\n    at ");
    int java = text.indexOf("\n\tat ");
    int first = end < 0 ? java : java < 0 ? end : Math.min(end, java);
    return first < 0 ? text : text.substring(0, first);
  }

  static @Nullable StackTrace of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var causes = new ArrayList<StackTrace>();
    var head = "";
    var frames = new ArrayList<String>();
    boolean any = false;
    boolean suppressed = false;
    int count = 0;
    for (var line : (Iterable<String>) text.lines().limit(MOST_LINES)::iterator) {
      if (line.isEmpty()) {
        continue;
      }
      var cause = CAUSE.matcher(line);
      if (count++ == 0) {
        head = line;
      } else if (!(suppressed && Character.isWhitespace(line.charAt(0))) && cause.find()) {
        // An indented cause among the suppressed is theirs, not the error's.
        causes.add(make(head, frames));
        head = Objects.requireNonNull(cause.group(1));
        frames = new ArrayList<>();
        suppressed = false;
        any = true;
      } else if (line.strip().startsWith("Suppressed:")) {
        suppressed = true;
      } else {
        var frame = FRAME.matcher(line);
        if (frame.find()) {
          any = true;
          var own = suppressed ? null : own(frame.group(1), frame.group(2));
          if (own != null && frames.size() < MOST_FRAMES) {
            frames.add(own);
          }
        }
      }
    }
    causes.add(make(head, frames));
    return any ? deepest(causes) : null;
  }

  private static StackTrace make(String head, List<String> frames) {
    var type = Entry.typeOf(head);
    int rest = head.indexOf(": ");
    return new StackTrace(
        type, type == null || rest < 0 ? head : head.substring(rest + 2), List.copyOf(frames));
  }

  private static StackTrace deepest(List<StackTrace> causes) {
    for (int i = causes.size() - 1; i >= 0; i--) {
      if (!causes.get(i).frames().isEmpty()) {
        return causes.get(i);
      }
    }
    return causes.get(causes.size() - 1);
  }

  private static @Nullable String own(String function, @Nullable String place) {
    var file = place == null ? function : place;
    if (FOREIGN.matcher(file).find() || FOREIGN.matcher(function).find()) {
      return null;
    }
    var plain = POSITION.matcher(file).replaceAll("");
    plain = BUILD_HASH.matcher(plain.substring(plain.lastIndexOf('/') + 1)).replaceAll("");
    return place == null ? plain : function + " (" + plain + ")";
  }
}
