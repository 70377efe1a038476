package com.hotdash.ops.procedure;

import java.util.List;

/** Lists of names that stay on one line. */
final class Names {
  private static final int MOST = 3;

  private Names() {}

  static String some(List<String> names) {
    return names.size() <= MOST
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
  }
}
