package com.hotdash.ops.catalogue;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The ids in the first column of the design's tables, ranges spelt out. */
final class DesignIds {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| ((?:R\\d\\.[SDRP]\\d|QR\\d|OV|TOC\\d|[EM]\\d)[a-z]?(?:, [a-z])?(?:–8)?) \\|.*");

  private DesignIds() {}

  static Set<String> of(String markdown) {
    var ids = new LinkedHashSet<String>();
    for (var line : markdown.lines().toList()) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        add(row.group(1), ids);
      }
    }
    return ids;
  }

  private static void add(String cell, Set<String> ids) {
    if (cell.endsWith("–8")) {
      for (int i = 1; i <= 8; i++) {
        ids.add("TOC" + i);
      }
      return;
    }
    var parts = cell.split(", ", -1);
    ids.add(parts[0]);
    if (parts.length > 1) {
      ids.add(parts[0].substring(0, parts[0].length() - 1) + parts[1]);
    }
  }
}
