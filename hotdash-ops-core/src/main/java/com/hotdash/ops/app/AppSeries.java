package com.hotdash.ops.app;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.metrics.MatchingSeries;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The series of all machines that match a text. That none matches says nothing of a machine that
 * could not be read, nor of a series that begins with its first event.
 *
 * @param text what was looked for
 * @param machines what was found on each machine that could be read
 * @param notSeen the machines that could not be read, and why
 * @param coverage which machines were not asked, or {@code null} if all were
 */
public record AppSeries(
    String text, List<OfMachine> machines, List<NotChecked> notSeen, @Nullable String coverage) {
  private static final int SHOWN = 10;
  private static final int GAPS = 3;
  private static final int NEAR = 8;

  /** Copies the lists. */
  public AppSeries {
    machines = List.copyOf(machines);
    notSeen = List.copyOf(notSeen);
  }

  /**
   * What matches on one machine.
   *
   * @param instance which machine
   * @param series the series
   */
  public record OfMachine(String instance, MatchingSeries series) {}

  /**
   * Returns how many series match, each machine's counted by itself.
   *
   * @return the number
   */
  public int count() {
    return machines.stream().mapToInt(one -> one.series().samples().size()).sum();
  }

  /**
   * Returns how many of them are totals since the process began, which show no rate.
   *
   * @return the number
   */
  public int counters() {
    return machines.stream().mapToInt(one -> one.series().counters()).sum();
  }

  /**
   * Returns whether every running machine was read as a whole.
   *
   * @return false if more may exist than was found
   */
  public boolean complete() {
    return coverage == null
        && !machines.isEmpty()
        && notSeen.isEmpty()
        && machines.stream().noneMatch(one -> one.series().partial());
  }

  /** Returns what was seen, what was not, and a table of the first series. */
  @Override
  public String toString() {
    return page().toString();
  }

  /**
   * Returns the series as a page, for reports.
   *
   * @return the page
   */
  public Page page() {
    var page = Page.builder();
    page.paragraph(headline());
    if (counters() > 0) {
      page.paragraph(MatchingSeries.totals(counters()));
    }
    MatchingSeries.dated(machines.stream().flatMap(one -> one.series().samples().stream()).toList())
        .ifPresent(page::paragraph);
    if (count() == 0 && !machines.isEmpty()) {
      page.paragraph(
          MatchingSeries.nothing(
              machines.stream()
                  .flatMap(one -> one.series().near().stream())
                  .distinct()
                  .limit(NEAR)
                  .toList()));
    }
    page.bullets(gaps());
    var rows = rows().limit(SHOWN).toList();
    if (!rows.isEmpty()) {
      page.table(
          List.of(Column.text("machine"), Column.text("series"), Column.number("value")), rows);
    }
    if (count() > SHOWN) {
      page.paragraph(String.format(Locale.ROOT, "and %,d more", count() - SHOWN));
    }
    return page.build().redacted(Redactor.SHAPES);
  }

  private String headline() {
    return String.format(
        Locale.ROOT,
        "%,d series match \"%s\" on %s%s",
        count(),
        text,
        machines.isEmpty()
            ? "no machine: none could be read"
            : machines.stream().map(OfMachine::instance).collect(Collectors.joining(", ")),
        coverage == null ? "" : "; " + coverage);
  }

  private List<String> gaps() {
    var partial =
        machines.stream()
            .filter(one -> one.series().partial())
            .map(one -> one.instance() + " was read in part: more may exist");
    var all =
        Stream.concat(notSeen.stream().map(n -> "not seen: " + Line.whole(n)), partial).toList();
    return Stream.concat(
            all.stream().limit(GAPS),
            all.size() > GAPS
                ? Stream.of("and " + (all.size() - GAPS) + " machines more")
                : Stream.empty())
        .toList();
  }

  private Stream<List<String>> rows() {
    return machines.stream()
        .flatMap(
            one ->
                one.series().samples().stream()
                    .map(s -> List.of(one.instance(), s.name() + s.labels(), number(s.value()))));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : Double.toString(value);
  }
}
