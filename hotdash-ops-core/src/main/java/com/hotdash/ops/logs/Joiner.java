package com.hotdash.ops.logs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Joins the lines of a stack trace, machine by machine, although the machines' lines interleave.
 */
final class Joiner {
  private static final int MOST_OPEN = 1_000;
  private static final int LONGEST = CleanText.LONGEST;
  private static final Pattern CONTINUES =
      Pattern.compile(
          "^(?:\\s{1,20}at |\\t|\\s{0,20}\\.\\.\\. \\d{1,6} more|\\s{0,20}Caused by:|\\s{0,20}Suppressed:"
              + "|\\s{0,20}\\[cause\\]:|\\s{2,20}\\S|\\{ ?\\w{1,40}:|\\}$)");

  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Consumer<LogLine> whole;

  Joiner(Consumer<LogLine> whole) {
    this.whole = whole;
  }

  void add(LogLine raw) {
    var line = PlatformPrefix.strip(raw);
    var text = line.message();
    var machine = line.instance() == null ? "" : line.instance();
    var before = open.get(machine);
    if (before != null && !text.startsWith("{\"") && before.continuesWith(text)) {
      before.append(text);
      return;
    }
    if (before != null) {
      open.remove(machine);
      whole.accept(before.line());
    }
    if (text.startsWith("{\"") || text.isEmpty()) {
      whole.accept(line);
      return;
    }
    if (open.size() >= MOST_OPEN) {
      flush();
    }
    open.put(machine, new Open(line));
  }

  /** Whether any line at all could still belong to the one that is open. */
  boolean awaitsMore(String machine) {
    var before = open.isEmpty() ? null : open.get(machine);
    return before != null && before.invocation;
  }

  void end(String machine) {
    if (!open.isEmpty()) {
      var before = open.remove(machine);
      if (before != null) {
        whole.accept(before.line());
      }
    }
  }

  void flush() {
    open.values().forEach(each -> whole.accept(each.line()));
    open.clear();
  }

  private static final class Open {
    private final LogLine first;
    private final StringBuilder text;
    private final boolean invocation;
    private int lines = 1;

    Open(LogLine first) {
      this.first = first;
      this.text = new StringBuilder(first.message());
      this.invocation = first.message().startsWith("Invalid `");
    }

    boolean continuesWith(String next) {
      // An ORM's message follows its heading after a blank line: facts, section 12.
      if (invocation
          && lines <= 3
          && (next.isBlank() || (lines > 1 && text.charAt(text.length() - 1) == '\n'))) {
        return true;
      }
      return CONTINUES.matcher(next).find();
    }

    void append(String next) {
      lines++;
      if (text.length() + next.length() < LONGEST) {
        text.append('\n').append(next);
      }
    }

    LogLine line() {
      return new LogLine(
          first.time(),
          first.instance(),
          first.region(),
          first.provider(),
          first.level(),
          text.toString(),
          first.httpStatus());
    }
  }
}
