package com.hotdash.ops.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Names that somebody may have meant: those with a word that is nearly one of theirs. */
final class NearNames {
  private static final int MOST = 5;
  private static final int SHORTEST = 3;

  private NearNames() {}

  /** The nearest first, those alike by name; none if none is near. */
  static List<String> of(String wanted, List<String> names) {
    var words = words(wanted);
    return names.stream()
        .collect(Collectors.toMap(name -> name, name -> distance(words, name), Math::min))
        .entrySet()
        .stream()
        .filter(each -> each.getValue() < Integer.MAX_VALUE)
        .sorted(
            Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue)
                .thenComparing(Map.Entry::getKey))
        .limit(MOST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(word -> word.length() >= SHORTEST && word.length() <= 40)
        .limit(20)
        .toList();
  }

  private static int distance(List<String> wanted, String name) {
    int best = Integer.MAX_VALUE;
    for (var word : words(name)) {
      for (var other : wanted) {
        int apart = word.startsWith(other) || other.startsWith(word) ? 0 : changes(word, other);
        if (apart <= Math.max(1, Math.min(word.length(), other.length()) / 3)) {
          best = Math.min(best, apart);
        }
      }
    }
    return best;
  }

  /** Letters to be put in, taken out or changed (Levenshtein). */
  private static int changes(String one, String other) {
    var row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int kept = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
