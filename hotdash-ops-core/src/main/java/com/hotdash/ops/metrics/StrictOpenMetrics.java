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
      OpenMetricsRule.NOTHING_AFTER_EOF.check(!eof, line);
      eof = is(from, to, "# EOF");
      OpenMetricsRule.LINE_FEED.check(eof || to < bytes.length, line);
      if (!eof) {
        line(from, to);
      }
      from = to + 1;
    }
    OpenMetricsRule.EOF.check(eof, line);
    endFamily();
  }

  private void text() {
    OpenMetricsRule.NO_BYTE_ORDER_MARK.check(
        bytes.length < 3 || !is(0, 3, "\u00ef\u00bb\u00bf"), line);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw OpenMetricsRule.UTF_8.broken(0);
    }
  }

  private void line(int from, int to) {
    OpenMetricsRule.NO_EMPTY_LINE.check(from < to, line);
    for (int i = from; i < to; i++) {
      OpenMetricsRule.NO_CARRIAGE_RETURN.check(bytes[i] != '\r', line);
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
    OpenMetricsRule.COMMENT.check(
        key.equals("# TYPE ") || key.equals("# HELP ") || key.equals("# UNIT "), line);
    int name = from + 7;
    int end = Texts.metricName(bytes, name, to);
    OpenMetricsRule.METADATA_NAME.check(end > name, line);
    OpenMetricsRule.METADATA_SPACE.check(end < to && bytes[end] == ' ', line);
    var of = new String(bytes, name, end - name, StandardCharsets.UTF_8);
    var rest = new String(bytes, end + 1, to - end - 1, StandardCharsets.UTF_8);
    if (family == null || !family.name().equals(of)) {
      begin(of);
    }
    var current = current();
    OpenMetricsRule.METADATA_FIRST.check(!current.hasSamples(), line);
    OpenMetricsRule.METADATA_ONCE.check(current.once(key), line);
    switch (key) {
      case "# TYPE " -> {
        var type = MetricType.ofOpenMetrics(rest);
        OpenMetricsRule.TYPE_WORD.check(type.isPresent(), line);
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
    OpenMetricsRule.FAMILY_TOGETHER.check(closed.add(name), line);
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
    OpenMetricsRule.NAMES_CLASH.check(other == null || other.equals(owner), line);
  }

  private boolean is(int from, int to, String word) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).equals(word);
  }
}
