package com.hotdash.ops.metrics;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The series that match a text, as {@code grep} would find them, sorted by name and labels.
 *
 * @param text what was looked for
 * @param samples the series; counters among them are totals since the process began
 * @param counters how many of them are such totals
 * @param partial whether the exposition was not read as a whole, so that more may exist
 * @param near where none matches, the families that may have been meant: first those of that name
 *     that have no series yet, then those of a similar one; at most ten
 */
public record MatchingSeries(
    String text, List<Sample> samples, int counters, boolean partial, List<String> near) {
  private static final int SHOWN = 15;

  /** Copies the lists. */
  public MatchingSeries {
    samples = List.copyOf(samples);
    near = List.copyOf(near);
  }

  static MatchingSeries of(Exposition exposition, String text) {
    var wanted = text.toLowerCase(Locale.ROOT);
    var found =
        exposition.byName().values().stream()
            .flatMap(List::stream)
            .filter(
                sample ->
                    (sample.name() + sample.labels()).toLowerCase(Locale.ROOT).contains(wanted))
            .sorted(Comparator.comparing(Sample::name).thenComparing(s -> s.labels().toString()))
            .toList();
    int counters =
        (int) found.stream().filter(s -> Increases.cumulative(exposition, s.name())).count();
    return new MatchingSeries(
        text,
        found,
        counters,
        exposition.partial(),
        found.isEmpty() ? near(exposition, wanted) : List.of());
  }

  private static List<String> near(Exposition exposition, String wanted) {
    var names = exposition.families().stream().map(MetricFamily::name).toList();
    var declared =
        names.stream().filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted)).limit(5);
    return Stream.concat(declared, NearNames.of(wanted, names).stream()).distinct().toList();
  }

  /**
   * Says what it means that nothing matches, which is less than it seems.
   *
   * @param near of {@link #near}
   * @return one sentence or two
   */
  public static String nothing(List<String> near) {
    return "A counter has no series before its first event: that none matches is neither zero nor"
        + " good."
        + (near.isEmpty() ? "" : " Near: " + String.join(", ", near) + ".");
  }

  /**
   * Says that totals show no rate.
   *
   * @param counters how many series are totals, more than zero
   * @return a sentence
   */
  public static String totals(int counters) {
    return String.format(
        Locale.ROOT,
        "%,d %s since the process began: no rate, and nothing of the last minutes. Compare two"
            + " scrapes: window(…).",
        counters,
        counters == 1 ? "is a total" : "are totals");
  }

  /**
   * Says that some values are not of now, by their own timestamps.
   *
   * @param samples the series
   * @return a sentence, or empty if none has a timestamp
   */
  public static Optional<String> dated(List<Sample> samples) {
    var times =
        samples.stream().map(Sample::timestamp).filter(Objects::nonNull).map(Instant.class::cast);
    var sorted = times.sorted().toList();
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d carry a time of their own, the oldest %s: such a value is not of now.",
                sorted.size(),
                sorted.get(0)));
  }

  /** Returns a table of the first series, with a warning if there are totals among them. */
  @Override
  public String toString() {
    var page =
        Page.builder()
            .paragraph(String.format(Locale.ROOT, "%,d series match \"%s\"", samples.size(), text));
    if (counters > 0) {
      page.paragraph(totals(counters));
    }
    dated(samples).ifPresent(page::paragraph);
    if (samples.isEmpty()) {
      page.paragraph(nothing(near));
    }
    if (partial) {
      page.paragraph("The exposition was not read as a whole: more may exist.");
    }
    if (!samples.isEmpty()) {
      page.table(
          List.of(Column.text("series"), Column.number("value")),
          samples.stream()
              .limit(SHOWN)
              .map(s -> List.of(s.name() + s.labels(), Numbers.text(s.value())))
              .toList());
    }
    if (samples.size() > SHOWN) {
      page.paragraph(String.format(Locale.ROOT, "and %,d more", samples.size() - SHOWN));
    }
    return page.build().redacted(Redactor.SHAPES).toString();
  }
}
