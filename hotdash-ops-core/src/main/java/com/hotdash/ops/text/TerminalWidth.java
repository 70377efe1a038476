package com.hotdash.ops.text;

import java.util.ArrayList;
import java.util.List;

/** Measures and fits text in the columns of a terminal, where some characters take two or none. */
final class TerminalWidth {
  // Blocks that terminals show two columns wide, after Unicode's East Asian Width and emoji tables;
  // pairs of first and last.
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x231a, 0x231b, 0x23e9, 0x23ec, 0x2614, 0x2615, 0x2648, 0x2653, 0x26a1, 0x26a1,
    0x26d4, 0x26d4, 0x2705, 0x2705, 0x274c, 0x274c, 0x2753, 0x2757, 0x2b50, 0x2b55, 0x2e80, 0x303e,
    0x3041, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60,
    0xffe0, 0xffe6, 0x16fe0, 0x18d08, 0x1b000, 0x1b2fb, 0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e,
    0x1f19a, 0x1f1e6, 0x1f320, 0x1f32d, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f7e0, 0x1f7eb, 0x1f90c,
    0x1faff, 0x20000, 0x3fffd
  };

  private TerminalWidth() {}

  static int of(String text) {
    return text.codePoints().map(TerminalWidth::of).sum();
  }

  private static int of(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (c >= WIDE[i] && c <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /** Cuts what is too wide, and says so with an ellipsis. */
  static String cut(String text, int width) {
    return of(text) <= width ? text : text.substring(0, fitting(text, 0, width - 1)) + "…";
  }

  static String padRight(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - of(text))) + text;
  }

  /**
   * Breaks one line into several, at spaces where there are any. The first line starts with {@code
   * lead}; the others are indented by its width, or by four where that would take a third of the
   * line.
   */
  static List<String> wrap(String lead, String text, int width) {
    if (of(lead) > width / 3) {
      return wrap("", " ".repeat(Math.min(4, width / 3)), lead.strip() + " " + text, width);
    }
    return wrap(lead, " ".repeat(of(lead)), text, width);
  }

  private static List<String> wrap(String lead, String indent, String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(lead);
    int left = width - of(lead);
    boolean fresh = true;
    for (var word : text.split(" ", -1)) {
      if (!fresh && fitting(word, 0, left - 1) < word.length()) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
        left = width - of(indent);
        fresh = true;
      }
      int from = 0;
      int end = fitting(word, from, fresh ? left : left - 1);
      while (end < word.length()) {
        lines.add(line.append(word, from, end).toString());
        line = new StringBuilder(indent);
        left = width - of(indent);
        from = end;
        end = fitting(word, from, left);
      }
      var rest = word.substring(from);
      line.append(fresh ? "" : " ").append(rest);
      left -= of(rest) + (fresh ? 0 : 1);
      fresh = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** Returns where what fits into some columns ends, in whole characters. */
  private static int fitting(String text, int from, int width) {
    int used = 0;
    int i = from;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      used += of(c);
      if (used > width) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }
}
