package com.hotdash.ops.procedure;

import com.hotdash.ops.text.Cut;
import java.util.List;

/** Names and texts of others that stay on one line. */
final class Names {
  private static final int MOST = 3;
  private static final int SENTENCE = 160;

  private Names() {}

  static String some(List<String> names) {
    return names.size() <= MOST
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
  }

  /** A summary as long as a person reads. */
  static String cut(String text) {
    return line(text, SENTENCE);
  }

  static String line(String text, int most) {
    return Cut.line(text, most);
  }
}
