package com.hotdash.ops.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads an exposition line by line; keeps what is good, and notes what is not. */
final class TextReader {
  private final Lines lines;
  private final boolean openMetrics;
  private final ExpositionBuilder out;
  private final SampleParser samples;
  private long bad;
  private boolean eof;
  private boolean afterEof;

  TextReader(
      Lines lines,
      MetricsFormat format,
      MetricsLimits limits,
      Predicate<String> wanted,
      TextHash hashes) {
    this.lines = lines;
    this.openMetrics = format == MetricsFormat.OPEN_METRICS;
    this.out = new ExpositionBuilder(format, limits);
    var names =
        new ByteTable<>(
            hashes,
            (b, from, to) -> {
              var name = Texts.unescape(b, from, to);
              return new Series(name, wanted.test(name));
            });
    this.samples = new SampleParser(names, new LabelParser(names, hashes, limits), openMetrics);
  }

  ExpositionBuilder read() {
    while (lines.next()) {
      if (lines.tooLong()) {
        lose("longer than the bound of a line");
      } else if (!line()) {
        out.cut(lines.number(), "more series than the bound; the rest was not read");
        return out;
      }
    }
    if (lines.truncated()) {
      out.cut(0, String.format(Locale.ROOT, "longer than the bound of %,d bytes", lines.total()));
    } else if (lines.broken() != null) {
      out.cut(0, "the answer broke off: " + lines.broken());
    } else if (openMetrics && !eof) {
      out.cut(0, "there is no # EOF at the end: it may have been cut off");
    }
    return out;
  }

  /** How many lines were no metrics. */
  long bad() {
    return bad;
  }

  /** Whether the mark of the end was there. */
  boolean ended() {
    return eof;
  }

  private boolean line() {
    byte[] b = lines.buffer();
    int from = Texts.skipBlanks(b, lines.start(), lines.end());
    int to = lines.end();
    while (to > from && (Texts.blank(b[to - 1]) || b[to - 1] == '\r')) {
      to--;
    }
    if (from == to) {
      return true;
    }
    if (eof && openMetrics && !afterEof) {
      afterEof = true;
      out.warn(lines.number(), "something follows # EOF");
    }
    if (b[from] == '#') {
      comment(b, from, to);
      return true;
    }
    if (!lines.terminated()) {
      out.cut(lines.number(), "the last line has no line end: it may be half a number; left out");
      return true;
    }
    return sample(b, from, to);
  }

  private boolean sample(byte[] b, int from, int to) {
    var problem = samples.parse(b, from, to);
    if (problem != null) {
      lose(problem);
      return true;
    }
    var series = samples.series();
    if (series == null || !series.wanted()) {
      out.skip();
      return true;
    }
    return out.add(series, samples.sample(series), samples.hash(), lines.number());
  }

  private void lose(String problem) {
    bad++;
    out.lost(lines.number(), problem);
  }

  private void comment(byte[] b, int from, int to) {
    int key = Texts.skipBlanks(b, from + 1, to);
    int keyEnd = Texts.tokenEnd(b, key, to);
    switch (keyEnd - key > 4 ? "" : text(b, key, keyEnd)) {
      case "EOF" -> eof = true;
      case "HELP" -> described(b, keyEnd, to, this::help);
      case "TYPE" -> described(b, keyEnd, to, this::type);
      case "UNIT" -> {
        if (openMetrics) {
          described(b, keyEnd, to, this::unit);
        }
      }
      default -> {
        // Any other comment says nothing.
      }
    }
  }

  /** What is done with the rest of a line that describes a family. */
  private interface Description {
    @Nullable String put(Metadata of, byte[] b, int from, int to);
  }

  private void described(byte[] b, int from, int to, Description description) {
    int name = Texts.skipBlanks(b, from, to);
    boolean quoted = name < to && b[name] == '"';
    int end = quoted ? Texts.closingQuote(b, name + 1, to) : Texts.metricName(b, name, to);
    int rest = quoted ? end + 1 : end;
    if (end <= name || (rest < to && !Texts.blank(b[rest]))) {
      out.warn(lines.number(), "describes nothing that is the name of a metric");
      return;
    }
    var problem =
        description.put(
            out.metadata(Texts.unescape(b, quoted ? name + 1 : name, end)),
            b,
            Texts.skipBlanks(b, rest, to),
            to);
    if (problem != null) {
      out.warn(lines.number(), problem);
    }
  }

  private @Nullable String help(Metadata of, byte[] b, int from, int to) {
    if (of.help != null) {
      return "HELP stands twice; the first one counts";
    }
    of.help = Texts.unescape(b, from, to, openMetrics);
    return null;
  }

  private @Nullable String unit(Metadata of, byte[] b, int from, int to) {
    if (of.unit != null) {
      return "UNIT stands twice; the first one counts";
    }
    of.unit = text(b, from, to);
    return null;
  }

  private @Nullable String type(Metadata of, byte[] b, int from, int to) {
    if (of.type != null) {
      return "TYPE stands twice; the first one counts";
    }
    var word = text(b, from, to);
    var type =
        openMetrics
            ? MetricType.ofOpenMetrics(word).or(() -> MetricType.ofText(word))
            : MetricType.ofText(word);
    of.type = type.orElse(MetricType.UNKNOWN);
    if (type.isEmpty()) {
      return "not a type that is known; taken as unknown";
    }
    return out.hasSamples(of.name, of.type) ? "TYPE stands after a sample of its family" : null;
  }

  private static String text(byte[] b, int from, int to) {
    return new String(b, from, Math.max(0, to - from), StandardCharsets.UTF_8);
  }
}
