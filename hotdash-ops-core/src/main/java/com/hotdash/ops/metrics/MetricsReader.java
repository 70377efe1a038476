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
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
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

  private final LongSupplier keys;

  private MetricsReader(MetricsLimits limits, Set<String> families, LongSupplier keys) {
    this.limits = limits;
    this.families = families;
    this.keys = keys;
  }

  /**
   * Makes a reader of all families, within {@link MetricsLimits#DEFAULT}.
   *
   * @return the reader
   */
  public static MetricsReader standard() {
    return new MetricsReader(
        MetricsLimits.DEFAULT, Set.of(), () -> new SplittableRandom().nextLong());
  }

  /**
   * Sets the bounds.
   *
   * @param bounds the bounds
   * @return a changed copy
   */
  public MetricsReader limits(MetricsLimits bounds) {
    return new MetricsReader(bounds, families, keys);
  }

  /**
   * Reads some families only; the lines of all others cost little and are not checked.
   *
   * @param names the families' names, with or without {@code _total}, {@code _bucket} and the like;
   *     empty for all
   * @return a changed copy
   */
  public MetricsReader only(Collection<String> names) {
    return new MetricsReader(limits, Set.copyOf(names), keys);
  }

  /** Sets where the key of each reading's hashes comes from; no result depends on it. */
  MetricsReader keys(LongSupplier source) {
    return new MetricsReader(limits, families, source);
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
    var reader =
        new TextReader(lines, answered.format(), limits, wanted(), new TextHash(keys.getAsLong()));
    var out = reader.read();
    out.checkHistograms(wanted());
    if (answered.remark() != null) {
      out.warn(0, answered.remark());
    }
    if (out.kept() == 0 && out.skipped() == 0) {
      if (lines.total() == 0 || out.truncated()) {
        var detail = lines.total() == 0 ? "an empty body" : out.warnings().toString();
        return unread(source, lines.broken() == null ? detail : "broke off: " + lines.broken());
      }
      if (reader.bad() == 0 && !out.describes() && !reader.ended()) {
        return unread(source, "blank lines or comments only: no metric, and no mark of an end");
      }
      if (reader.bad() > 0) {
        return unread(
            source,
            String.format(Locale.ROOT, "none of its %,d lines is a metric", lines.number()));
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
          0,
          OpenMetricsRule.BOUND,
          String.format(Locale.ROOT, "longer than the bound of %,d bytes", limits.bytes()));
    }
    new StrictOpenMetrics(bytes).check();
    var lines = new Lines(new ByteArrayInputStream(bytes), limits.bytes(), limits.lineBytes());
    var out =
        new TextReader(
                lines, MetricsFormat.OPEN_METRICS, limits, wanted(), new TextHash(keys.getAsLong()))
            .read();
    if (out.partial()) {
      var first = out.warnings().stream().findFirst().map(MetricsWarning::toString).orElse("");
      throw new OpenMetricsException(
          0, OpenMetricsRule.BOUND, "beyond the bounds of the reader: " + first);
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
}
