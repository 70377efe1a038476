package com.hotdash.ops.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a JSON line may differ and still do the same as a line that was read. Fields by which
 * something is decided stay as they are; so do short numbers in the messages of lines that do
 * something, since those may be codes. Not thread-safe; one line each.
 */
final class OutlineBuilder {
  private static final int LONGEST = 4_096;
  private static final int MOST_GAPS = 64;
  private static final byte[] CODE = ascii("code");
  private static final byte[] URL = ascii("://");

  private final byte[] bytes;
  private final boolean quiet;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(512);
  private final List<Integer> ends = new ArrayList<>();
  private final List<Integer> gaps = new ArrayList<>();
  private long micros = Outline.NONE;

  private OutlineBuilder(byte[] bytes, boolean quiet) {
    this.bytes = bytes;
    this.quiet = quiet;
  }

  /**
   * Reads a line.
   *
   * @param from after the value of a field
   * @param end where the newline stands
   * @param quiet whether the line does nothing: then any number in its message may differ
   * @return what was found, or {@code null} if such lines must be read themselves
   */
  static @Nullable OutlineBuilder of(byte[] bytes, int from, int end, boolean quiet) {
    var builder = new OutlineBuilder(bytes, quiet);
    boolean fits = end - from <= LONGEST && bytes[end - 1] == '}' && builder.fields(from, end);
    return fits && builder.gaps.size() <= MOST_GAPS ? builder : null;
  }

  /** The line's own {@code durationMs}, or {@link Outline#NONE}. */
  long micros() {
    return micros;
  }

  Outline build(@Nullable Effect effect) {
    var places = new ArrayList<>(ends);
    text.write('\n');
    places.add(text.size());
    return new Outline(
        text.toByteArray(),
        places.stream().mapToInt(Integer::intValue).toArray(),
        gaps.stream().mapToInt(Integer::intValue).toArray(),
        effect);
  }

  private boolean fields(int from, int end) {
    var name = "";
    for (int i = from; i < end; ) {
      int c = bytes[i];
      if (c == '"') {
        int close = close(i + 1, end);
        if (close < 0) {
          return false;
        }
        if (bytes[close + 1] == ':') {
          name = new String(bytes, i + 1, close - i - 1, StandardCharsets.ISO_8859_1);
          text.write(bytes, i, close + 2 - i);
          i = close + 2;
          continue;
        }
        string(name, i, close);
        i = close + 1;
      } else if (Bytes.digit(c) && bytes[i - 1] == ':') {
        int stop = digits(i);
        if (!number(name, i, stop)) {
          return false;
        }
        i = stop;
      } else if (c == '{' && Durations.named(name)) {
        // A value with a unit is a duration anywhere below such a name.
        return false;
      } else {
        text.write(c);
        i++;
      }
    }
    return true;
  }

  private void string(String name, int open, int close) {
    if (name.equals("message") || name.equals("stack")) {
      message(open, close + 1);
    } else if (free(name)
        && !Durations.named(name)
        && close > open + 1
        && Bytes.endOfText(bytes, open + 1) == close) {
      text.write('"');
      gap(Outline.TEXT);
      text.write('"');
    } else {
      text.write(bytes, open, close + 1 - open);
    }
  }

  private boolean number(String name, int from, int stop) {
    boolean whole =
        stop - from <= 9
            && (bytes[stop] == ',' || bytes[stop] == '}')
            && (bytes[from] != '0' || stop - from == 1);
    if (name.equals("durationMs")) {
      if (!whole || micros != Outline.NONE) {
        return false;
      }
      micros = Outline.number(bytes, from, stop) * 1_000;
      gap(Outline.MILLIS);
    } else if (whole && free(name)) {
      gap(Outline.NUMBER);
    } else {
      text.write(bytes, from, stop - from);
    }
    return true;
  }

  /** Whether nothing is decided by the value of a field of that name. */
  private static boolean free(String name) {
    var last = name.substring(name.lastIndexOf('.') + 1);
    return name.indexOf('\\') < 0
        && !MessageParser.reads(last)
        && Durations.field(name, "1") == null;
  }

  /**
   * Takes a text whose numbers may differ where they stand alone: in quiet lines all, in others
   * those of six digits or more, since no code has so many, but not in a URL's host or after the
   * word "code".
   */
  private void message(int from, int end) {
    boolean kept = false;
    boolean url = false;
    for (int i = from; i < end; ) {
      int c = bytes[i];
      if (!Bytes.digit(c)) {
        kept |= LineKey.folded(bytes, i, end, CODE);
        url = (url && c != ' ') || LineKey.folded(bytes, i, end, URL);
        text.write(c);
        i++;
        continue;
      }
      int stop = digits(i);
      boolean alone = i > from && LineKey.before(bytes[i - 1]) && LineKey.after(bytes[stop]);
      if (alone && quiet && stop - i < 20) {
        gap(Outline.DIGITS);
      } else if (alone && !kept && !url && stop - i >= 6 && stop - i <= 40) {
        gap(stop - i);
      } else {
        text.write(bytes, i, stop - i);
      }
      i = stop;
    }
  }

  private void gap(int kind) {
    ends.add(text.size());
    gaps.add(kind);
  }

  private int digits(int from) {
    int i = from;
    while (Bytes.digit(bytes[i])) {
      i++;
    }
    return i;
  }

  private int close(int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
