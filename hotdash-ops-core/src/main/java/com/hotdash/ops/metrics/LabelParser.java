package com.hotdash.ops.metrics;

import org.jspecify.annotations.Nullable;

/** Reads what stands between braces, forgiving blanks. What it read stays until the next. */
final class LabelParser {
  private static final String OPEN_QUOTE = "a quote is not closed";

  private final ByteTable<Series> names;
  private final ByteTable<String> texts;
  private final TextHash hashes;
  private final MetricsLimits limits;
  private final String[] pairs;

  private int at;
  private int used;
  private long hash;
  private @Nullable Series quoted;

  LabelParser(ByteTable<Series> names, TextHash hashes, MetricsLimits limits) {
    this.names = names;
    this.texts = new ByteTable<>(hashes, Texts::unescape);
    this.hashes = hashes;
    this.limits = limits;
    this.pairs = new String[limits.labels() * 2 + 2];
  }

  void clear() {
    used = 0;
    hash = 0;
    quoted = null;
  }

  /** Reads from behind the opening brace. Returns what is wrong, or null. */
  @Nullable String parse(byte[] b, int from, int to, boolean named) {
    at = from;
    boolean first = !named;
    while (true) {
      at = Texts.skipBlanks(b, at, to);
      if (at < to && b[at] == '}') {
        at++;
        return null;
      }
      var problem = label(b, to, first);
      if (problem != null) {
        return problem;
      }
      first = false;
      at = Texts.skipBlanks(b, at, to);
      if (at < to && b[at] == ',') {
        at++;
      } else if (at == to || b[at] != '}') {
        return "its labels are not closed";
      }
    }
  }

  private @Nullable String label(byte[] b, int to, boolean mayBeName) {
    int from = at;
    int end;
    boolean inQuotes = at < to && b[at] == '"';
    if (inQuotes) {
      from++;
      end = Texts.closingQuote(b, from, to);
      if (end < 0) {
        return OPEN_QUOTE;
      }
      at = end + 1;
    } else {
      end = Texts.labelName(b, at, to);
      if (end == at) {
        return "not the name of a label";
      }
      at = end;
    }
    at = Texts.skipBlanks(b, at, to);
    if (at == to || b[at] != '=') {
      if (!inQuotes || !mayBeName) {
        return "a label has no value";
      }
      quoted = names.get(b, from, end).value();
      return end == from ? "the name of the metric is empty" : null;
    }
    if (from == end) {
      return "the name of a label is empty";
    }
    at = Texts.skipBlanks(b, at + 1, to);
    if (at == to || b[at] != '"') {
      return "the value of a label is not quoted";
    }
    int close = Texts.closingQuote(b, at + 1, to);
    return close < 0 ? OPEN_QUOTE : put(b, from, end, at + 1, close);
  }

  private @Nullable String put(byte[] b, int name, int nameEnd, int value, int valueEnd) {
    if (valueEnd - value > limits.labelBytes()) {
      return "the value of a label is longer than " + limits.labelBytes() + " bytes";
    }
    if (used == pairs.length - 2) {
      return "more than " + limits.labels() + " labels";
    }
    at = valueEnd + 1;
    var key = texts.get(b, name, nameEnd);
    var text = texts.get(b, value, valueEnd);
    used = Labels.insert(pairs, used, key.value(), text.value());
    if (value < valueEnd) {
      hash += hashes.pair(key.hash(), text.hash());
    }
    return used < 0 ? "a label stands twice" : null;
  }

  /** Where the reading stopped. */
  int end() {
    return at;
  }

  /** The metric whose name stood in quotes between the braces, or null. */
  @Nullable Series quoted() {
    return quoted;
  }

  Labels labels() {
    return Labels.sorted(pairs, used);
  }

  /** A hash of the labels, whatever their order; those without a value take no part. */
  long hash() {
    return hash;
  }

  long probes() {
    return texts.probes();
  }
}
