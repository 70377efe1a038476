package com.hotdash.ops.fly;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The log of an app over a span of time, or as much of it as could be read. What is not in it is
 * absent only if it is {@link #complete}.
 *
 * @param since the beginning that was asked for
 * @param until the end that was asked for
 * @param entries what was read, each once, by time
 * @param pages how many pages that took
 * @param cut why the reading ended before {@code until}, or {@code null} if it did not
 */
public record FlyLogs(
    Instant since, Instant until, List<FlyLogEntry> entries, int pages, @Nullable String cut) {
  private static final int SHOWN = 20;

  /** Copies the list. */
  public FlyLogs {
    entries = List.copyOf(entries);
  }

  /**
   * Returns whether everything that Fly has of the span was read.
   *
   * @return false if the reading was cut
   */
  public boolean complete() {
    return cut == null;
  }

  /**
   * Keeps the entries whose message matches somewhere. Coverage stays as it is.
   *
   * @param regex a regular expression
   * @return the same span with fewer entries
   */
  public FlyLogs matching(String regex) {
    return matching(Pattern.compile(regex));
  }

  /**
   * Keeps the entries whose message matches somewhere. Coverage stays as it is.
   *
   * @param pattern the expression
   * @return the same span with fewer entries
   */
  public FlyLogs matching(Pattern pattern) {
    var kept = entries.stream().filter(one -> pattern.matcher(one.message()).find()).toList();
    return new FlyLogs(since, until, kept, pages, cut);
  }

  /**
   * Returns how much of what was asked for was seen.
   *
   * @return such as {@code 312 lines of 5 pages, first 40 s of 10 min: page budget used up}
   */
  public String coverage() {
    var asked = brief(Duration.between(since, until));
    var seen = entries.size() + " lines of " + pages + (pages == 1 ? " page" : " pages");
    if (cut == null) {
      return seen + ", all of " + asked;
    }
    var first = last().map(end -> Duration.between(since, end)).orElse(Duration.ZERO);
    return seen + ", first " + brief(first) + " of " + asked + ": " + cut;
  }

  private Optional<Instant> last() {
    return entries.stream()
        .flatMap(entry -> Optional.ofNullable(entry.at()).stream())
        .max(Instant::compareTo);
  }

  private static String brief(Duration span) {
    return span.toSeconds() < 120 ? span.toSeconds() + " s" : span.toMinutes() + " min";
  }

  @Override
  public String toString() {
    var text = new StringBuilder(coverage());
    if (entries.size() > SHOWN) {
      text.append("\nthe newest ").append(SHOWN).append(" of them; entries() has all:");
    }
    entries.stream()
        .skip(Math.max(0, entries.size() - SHOWN))
        .map(FlyLogEntry::toString)
        .map(line -> line.length() > 200 ? line.substring(0, 200) + "…" : line)
        .forEach(line -> text.append('\n').append(Texts.line(line)));
    return text.toString();
  }
}
