package com.hotdash.ops.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The specification's yes or no on a whole OpenMetrics 1.0 exposition. One use. */
final class StrictOpenMetrics {
  private final byte[] bytes;
  private final Map<String, String> ownerOfName = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private @Nullable StrictFamily family;
  private long line;

  StrictOpenMetrics(byte[] bytes) {
    this.bytes = bytes;
  }

  void check() {
    text();
    int from = 0;
    boolean eof = false;
    while (from < bytes.length) {
      line++;
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      must(!eof, "nothing follows # EOF");
      eof = is(from, to, "# EOF");
      must(eof || to < bytes.length, "a line ends with a line feed");
      if (!eof) {
        line(from, to);
      }
      from = to + 1;
    }
    must(eof, "it ends with # EOF");
    endFamily();
  }

  private void text() {
    must(bytes.length < 3 || !is(0, 3, "\u00ef\u00bb\u00bf"), "there is no byte order mark");
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new OpenMetricsException(0, "it is UTF-8");
    }
  }

  private void line(int from, int to) {
    must(from < to, "there are no empty lines");
    for (int i = from; i < to; i++) {
      must(bytes[i] != '\r', "there is no carriage return");
    }
    if (bytes[from] == '#') {
      metadata(from, to);
    } else {
      var sample = StrictSample.parse(bytes, from, to, line);
      familyOf(sample).add(sample, line);
    }
  }

  private void metadata(int from, int to) {
    var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    var key = text.length() < 7 ? "" : text.substring(0, 7);
    must(
        key.equals("# TYPE ") || key.equals("# HELP ") || key.equals("# UNIT "),
        "a comment is # TYPE, # HELP, # UNIT or # EOF, with one space between");
    int name = from + 7;
    int end = Texts.metricName(bytes, name, to);
    must(end > name, "metadata names a metric");
    must(end < to && bytes[end] == ' ', "one space follows the name in metadata");
    var of = new String(bytes, name, end - name, StandardCharsets.UTF_8);
    var rest = new String(bytes, end + 1, to - end - 1, StandardCharsets.UTF_8);
    if (family == null || !family.name().equals(of)) {
      begin(of);
    }
    var current = current();
    must(!current.hasSamples(), "metadata stands before the samples of its family");
    must(current.once(key), "TYPE, HELP and UNIT stand at most once a family");
    switch (key) {
      case "# TYPE " -> {
        var type = MetricType.ofOpenMetrics(rest);
        must(type.isPresent(), "a type is one of the specification's words, in lower case");
        current.type(type.orElseThrow());
      }
      case "# UNIT " -> current.unit(rest);
      default -> {
        // Any text is a help text: its line feed and carriage return were looked for before.
      }
    }
  }

  private StrictFamily familyOf(StrictSample sample) {
    if (family != null && family.owns(sample.name())) {
      if (!family.hasSamples()) {
        claim(family);
      }
      return family;
    }
    begin(sample.name());
    claim(current());
    return current();
  }

  private StrictFamily current() {
    var now = family;
    if (now == null) {
      throw new IllegalStateException("no family has begun");
    }
    return now;
  }

  private void begin(String name) {
    endFamily();
    must(closed.add(name), "a family stands together, and once");
    family = new StrictFamily(name);
  }

  private void endFamily() {
    if (family != null) {
      if (!family.hasSamples()) {
        claim(family);
      }
      family.end(line);
    }
  }

  private void claim(StrictFamily one) {
    claim(one.name(), one.name());
    for (var suffix : one.type().suffixes()) {
      claim(one.name() + suffix, one.name());
    }
  }

  private void claim(String name, String owner) {
    var other = ownerOfName.putIfAbsent(name, owner);
    must(other == null || other.equals(owner), "the names of two families do not clash");
  }

  private boolean is(int from, int to, String word) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).equals(word);
  }

  private void must(boolean holds, String rule) {
    must(holds, line, rule);
  }

  static void must(boolean holds, long line, String rule) {
    if (!holds) {
      throw new OpenMetricsException(line, rule);
    }
  }
}
