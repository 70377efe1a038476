package com.hotdash.ops.metrics;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.secret.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a process exports: Prometheus text 0.0.4 and 1.0.0, and OpenMetrics 1.0. Ends within
 * its bounds whatever it is given, if each read of the stream does; the stream stays the caller's.
 * Immutable and thread-safe.
 */
public final class MetricsReader {
  private static final String REMEDY = "see what the address answers: curl -i <address>";
  private static final int HEAD = 8 << 10;

  private final MetricsLimits limits;
  private final Set<String> families;

  private MetricsReader(MetricsLimits limits, Set<String> families) {
    this.limits = limits;
    this.families = families;
  }

  /**
   * Makes a reader of all families, within {@link MetricsLimits#DEFAULT}.
   *
   * @return the reader
   */
  public static MetricsReader standard() {
    return new MetricsReader(MetricsLimits.DEFAULT, Set.of());
  }

  /**
   * Sets the bounds.
   *
   * @param bounds the bounds
   * @return a changed copy
   */
  public MetricsReader limits(MetricsLimits bounds) {
    return new MetricsReader(bounds, families);
  }

  /**
   * Reads some families only; the lines of all others cost little and are not checked.
   *
   * @param names the families' names, with or without {@code _total}, {@code _bucket} and the like;
   *     empty for all
   * @return a changed copy
   */
  public MetricsReader only(Collection<String> names) {
    return new MetricsReader(limits, Set.copyOf(names));
  }

  /**
   * Reads leniently: keeps what is good, with one warning for each line that is not.
   *
   * @param body the answer's body, decompressed
   * @param contentType the answer's {@code Content-Type}, or {@code null} if it had none
   * @param source where it comes from, for the evidence; without credentials
   * @param at when it was asked for
   * @return the exposition, or why there is none: HTML, JSON, binary, nothing, no line that is a
   *     metric
   */
  public Reading<Exposition> read(
      InputStream body, @Nullable String contentType, String source, Instant at) {
    var lines = new Lines(body, limits.bytes(), limits.lineBytes());
    var head = lines.head(HEAD);
    var answered = ContentKind.of(contentType, head);
    if (answered.refusal() != null) {
      return unread(source, answered.refusal());
    }
    var reader = new TextReader(lines, answered.format(), limits, wanted());
    var out = reader.read();
    if (answered.remark() != null) {
      out.warn(0, answered.remark());
    }
    if (out.kept() == 0 && out.skipped() == 0) {
      if (lines.total() == 0 || out.truncated()) {
        var detail = lines.total() == 0 ? "an empty body" : out.warnings().toString();
        return unread(source, lines.broken() == null ? detail : "broke off: " + lines.broken());
      }
      if (reader.bad() > 0) {
        return unread(source, "none of its %,d lines is a metric".formatted(lines.number()));
      }
    }
    var exposition = out.build();
    var evidence = Evidence.of(exposition.summary(), source, at);
    return Reading.of(
        exposition,
        exposition.partial() ? evidence.withCoverage("not the whole exposition") : evidence);
  }

  /**
   * Reads strictly: the specification's yes or no on an OpenMetrics 1.0 exposition.
   *
   * @param body the exposition
   * @return the exposition, whole
   * @throws OpenMetricsException if it breaks a rule, or is longer than the bounds
   * @throws IOException if the stream can't be read
   */
  public Exposition readStrictly(InputStream body) throws IOException {
    var bytes = body.readNBytes((int) Math.min(limits.bytes() + 1, Integer.MAX_VALUE - 16));
    if (bytes.length > limits.bytes()) {
      throw new OpenMetricsException(
          0, "longer than the bound of %,d bytes".formatted(limits.bytes()));
    }
    new StrictOpenMetrics(bytes).check();
    var lines = new Lines(new ByteArrayInputStream(bytes), limits.bytes(), limits.lineBytes());
    var out = new TextReader(lines, MetricsFormat.OPEN_METRICS, limits, wanted()).read();
    if (out.partial()) {
      var first = out.warnings().stream().findFirst().map(MetricsWarning::toString).orElse("");
      throw new OpenMetricsException(0, "beyond the bounds of the reader: " + first);
    }
    return out.build();
  }

  private Predicate<String> wanted() {
    if (families.isEmpty()) {
      return name -> true;
    }
    return name -> {
      int at = name.lastIndexOf('_');
      return families.contains(name)
          || families.contains(name + "_total")
          || (at > 0 && families.contains(name.substring(0, at)));
    };
  }

  private static Reading<Exposition> unread(String source, String detail) {
    return Reading.unread(
        new NotChecked(
            "metrics of " + source,
            NotChecked.Why.NOT_UNDERSTOOD,
            Redactor.SHAPES.redact(detail),
            REMEDY));
  }

  /**
   * Reads any bytes in every mode and checks what must hold of any; for fuzzing.
   *
   * @throws AssertionError if something does not hold
   */
  static void checkInvariants(byte[] input) {
    var small = standard().limits(new MetricsLimits(1 << 16, 100, 1 << 12, 256, 16, 5));
    for (var type : new String[] {null, "text/plain", "application/openmetrics-text"}) {
      var reading = small.read(new ByteArrayInputStream(input), type, "fuzz", Instant.EPOCH);
      reading.toOptional().ifPresent(MetricsReader::checkInvariants);
    }
    try {
      var whole = standard().readStrictly(new ByteArrayInputStream(input));
      must(!whole.partial() && !whole.truncated(), "strict and partial");
    } catch (OpenMetricsException e) {
      must(!e.rule().isEmpty(), "no rule");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void checkInvariants(Exposition read) {
    must(read.seriesCount() <= 100, "more series than the bound");
    must(read.warnings().size() <= 5, "more warnings than the bound");
    must(read.warningCount() >= read.warnings().size(), "warnings not counted");
    must(read.partial() || !read.truncated(), "cut and whole");
    int inFamilies = read.families().stream().mapToInt(f -> f.samples().size()).sum();
    must(inFamilies == read.seriesCount(), "a series without a family");
    must(!read.toString().isEmpty() && !read.matching("e").toString().isEmpty(), "no text");
    ProcessSignals.of(new Scrape("fuzz", read, Instant.EPOCH, 0));
  }

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
