package com.hotdash.ops.metrics;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The series that match a text, as {@code grep} would find them, sorted by name and labels.
 *
 * @param text what was looked for
 * @param samples the series; counters among them are totals since the process began
 * @param counters how many of them are such totals
 * @param partial whether the exposition was not read as a whole, so that more may exist
 */
public record MatchingSeries(String text, List<Sample> samples, int counters, boolean partial) {
  private static final int SHOWN = 15;

  /** Copies the samples. */
  public MatchingSeries {
    samples = List.copyOf(samples);
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
    return new MatchingSeries(text, found, counters, exposition.partial());
  }

  /** Returns a table of the first series, with a warning if there are totals among them. */
  @Override
  public String toString() {
    var page =
        Page.builder()
            .paragraph(String.format(Locale.ROOT, "%,d series match \"%s\"", samples.size(), text));
    if (counters > 0) {
      page.paragraph(
          String.format(
              Locale.ROOT,
              "%,d of them are totals since the process began: they show no rate, and nothing of the"
                  + " last minutes. Compare two scrapes.",
              counters));
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
