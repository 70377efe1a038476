package com.hotdash.ops.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The labels of a series, sorted by name. An empty value means as much as no label. Immutable. */
public final class Labels implements Comparable<Labels> {
  /** No labels. */
  public static final Labels NONE = new Labels(new String[0]);

  private final String[] pairs;
  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /**
   * Makes labels.
   *
   * @param labels names and values
   * @return the labels
   */
  public static Labels of(Map<String, String> labels) {
    var pairs = new String[labels.size() * 2];
    int used = 0;
    for (var label : labels.entrySet()) {
      used = insert(pairs, used, label.getKey(), label.getValue());
    }
    return sorted(pairs, used);
  }

  /** Takes pairs that {@link #insert} put there. */
  static Labels sorted(String[] pairs, int used) {
    return used == 0 ? NONE : new Labels(Arrays.copyOf(pairs, used));
  }

  /** Puts a pair in its place. Returns the new length, or -1 if the name is there already. */
  static int insert(String[] pairs, int used, String name, String value) {
    int at = used;
    while (at > 0) {
      int order = name.compareTo(pairs[at - 2]);
      if (order == 0) {
        return -1;
      }
      if (order > 0) {
        break;
      }
      at -= 2;
    }
    if (value.isEmpty()) {
      return used;
    }
    if (at < used) {
      System.arraycopy(pairs, at, pairs, at + 2, used - at);
    }
    pairs[at] = name;
    pairs[at + 1] = value;
    return used + 2;
  }

  /**
   * Returns the value of a label.
   *
   * @param name its name
   * @return its value, if it is there and not empty
   */
  public Optional<String> value(String name) {
    return Optional.ofNullable(get(name));
  }

  @Nullable String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  /** Whether these are the other labels, one of them left out of both. */
  boolean sameWithout(String name, Labels other) {
    int i = 0;
    int j = 0;
    while (true) {
      i += i < pairs.length && pairs[i].equals(name) ? 2 : 0;
      j += j < other.pairs.length && other.pairs[j].equals(name) ? 2 : 0;
      if (i == pairs.length || j == other.pairs.length) {
        return i == pairs.length && j == other.pairs.length;
      }
      if (!pairs[i].equals(other.pairs[j]) || !pairs[i + 1].equals(other.pairs[j + 1])) {
        return false;
      }
      i += 2;
      j += 2;
    }
  }

  /** Returns the same labels without one. */
  Labels without(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        var rest = new String[pairs.length - 2];
        System.arraycopy(pairs, 0, rest, 0, i);
        System.arraycopy(pairs, i + 2, rest, i, rest.length - i);
        return sorted(rest, rest.length);
      }
    }
    return this;
  }

  /**
   * Returns all labels, sorted by name.
   *
   * @return a copy
   */
  public Map<String, String> toMap() {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /**
   * Compares names and values one after another. Maps stay fast by it also where many labels were
   * written so that their hashes are equal.
   */
  @Override
  public int compareTo(Labels other) {
    return Arrays.compare(pairs, other.pairs);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Labels labels
            && hash == labels.hash
            && Arrays.equals(pairs, labels.pairs));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Returns the labels as the exposition writes them; empty if there are none. */
  @Override
  public String toString() {
    if (pairs.length == 0) {
      return "";
    }
    var text = new StringBuilder("{");
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(pairs[i]).append("=\"");
      text.append(pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      text.append('"');
    }
    return text.append('}').toString();
  }
}
