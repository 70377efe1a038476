package com.hotdash.ops.catalogue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the lines of the runbook are named. */
final class LineIds {
  // More than any chapter has, and fewer than all chapters that begin with the same letter.
  private static final int CHAPTER = 30;

  private LineIds() {}

  static String prefix(LineKind kind) {
    return switch (kind) {
      case OVERVIEW -> "OV";
      case ENTRY -> "TOC";
      case SYMPTOM -> "S";
      case DIAGNOSIS -> "D";
      case RESOLUTION -> "R";
      case PREVENTION -> "P";
      case QUICK_REFERENCE -> "QR";
      case ESCALATION -> "E";
      case MONITORING -> "M";
    };
  }

  /** Of several lines in one place each has a letter. */
  static String lettered(String place, int index, int of) {
    return of == 1 ? place : place + (char) ('a' + index);
  }

  /**
   * Tells what there is instead of a line that there is not: those that begin so, those of the same
   * chapter, or else the first and the last of each kind.
   */
  static String instead(String id, Collection<String> all) {
    var wanted = id.strip().toUpperCase(Locale.ROOT);
    var chapter = wanted.replaceFirst("\\..*", ".");
    return of(all, wanted)
        .or(() -> of(all, chapter))
        .map(those -> "there are " + String.join(", ", those))
        .orElseGet(() -> "there are " + String.join("; ", kinds(all)));
  }

  private static Optional<List<String>> of(Collection<String> all, String beginning) {
    var those =
        all.stream().filter(id -> id.toUpperCase(Locale.ROOT).startsWith(beginning)).toList();
    return those.isEmpty() || those.size() > CHAPTER ? Optional.empty() : Optional.of(those);
  }

  private static List<String> kinds(Collection<String> all) {
    var kinds = new LinkedHashMap<String, String>();
    for (var id : all) {
      kinds.merge(
          id.replaceFirst("[0-9].*", ""),
          id,
          (range, last) -> range.replaceFirst(" to .*", "") + " to " + last);
    }
    return List.copyOf(kinds.values());
  }
}
