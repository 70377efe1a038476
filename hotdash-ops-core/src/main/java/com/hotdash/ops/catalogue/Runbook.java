package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Common Incidents Runbook, line by line: {@code Runbook.line("R4.D2").invoke(ops)}. Needs no
 * configuration to be read; whom to ask is handed in. Nothing here changes anything.
 */
public final class Runbook {
  private static final Map<String, RunbookLine> LINES = join(RunbookText.read(), entries());

  private Runbook() {}

  /**
   * Returns the text as HotDash wrote it, byte for byte.
   *
   * @return Markdown
   */
  public static String text() {
    return RunbookText.text();
  }

  /**
   * Returns every line.
   *
   * @return 146 lines, in the order of the text
   */
  public static List<RunbookLine> lines() {
    return List.copyOf(LINES.values());
  }

  /**
   * Finds a line.
   *
   * @param id such as {@code R4.D2}; case does not matter
   * @return the line
   * @throws IllegalArgumentException if there is none of that id; names those that there are
   */
  public static RunbookLine line(String id) {
    var line = LINES.get(id.strip().toUpperCase(Locale.ROOT));
    if (line == null) {
      throw new IllegalArgumentException(
          "the runbook has no line "
              + id
              + "; "
              + LineIds.instead(id, lines().stream().map(RunbookLine::id).toList()));
    }
    return line;
  }

  /**
   * Returns every change that the runbook can plan, as data.
   *
   * @return the changes, in the order of incidents, pipeline, platform and database
   */
  public static List<OfferedChange> resolutions() {
    return Offers.all();
  }

  /**
   * Returns every diagnosis that the runbook can make, as data.
   *
   * @return one for each incident
   */
  public static List<OfferedProcedure> procedures() {
    return Arrays.stream(Incident.values())
        .map(
            incident ->
                new OfferedProcedure(
                    incident,
                    "ops." + incident.method() + "().diagnose()",
                    lines().stream()
                        .filter(each -> each.incident().filter(incident::equals).isPresent())
                        .map(RunbookLine::id)
                        .toList()))
        .toList();
  }

  /**
   * Reports every line, for a reader or a program; and for a program every diagnosis and change.
   *
   * @return the lines; in the JSON form under {@code lines}, {@code procedures} and {@code
   *     resolutions}
   */
  public static Report report() {
    var page =
        Page.builder()
            .heading(1, "The lines of the Common Incidents Runbook")
            .table(
                List.of(Column.text("Line"), Column.text("As written"), Column.text("Covered by")),
                lines().stream()
                    .map(each -> List.of(each.id(), each.text(), each.coveredBy()))
                    .toList())
            .build();
    return Report.of(page, Map.of("kind", "runbook"))
        .with("lines", lines().stream().map(RunbookLine::data).toList())
        .with("procedures", procedures().stream().map(OfferedProcedure::data).toList())
        .with("resolutions", resolutions().stream().map(OfferedChange::data).toList());
  }

  static List<Entry> entries() {
    return Stream.of(
            Chapter1Lines.entries(),
            Chapter2Lines.entries(),
            Chapter3Lines.entries(),
            Chapter4Lines.entries(),
            Chapter5Lines.entries(),
            Chapter6Lines.entries(),
            Chapter7Lines.entries(),
            Chapter8Lines.entries(),
            OtherLines.entries())
        .flatMap(List::stream)
        .toList();
  }

  /** Each line of the text has one entry, and each entry a line. */
  static Map<String, RunbookLine> join(List<TextLine> text, List<Entry> entries) {
    var left = new HashMap<String, Entry>();
    for (var entry : entries) {
      if (left.put(entry.id(), entry) != null) {
        throw new IllegalStateException("two entries are called " + entry.id());
      }
    }
    var lines = new LinkedHashMap<String, RunbookLine>();
    for (var line : text) {
      var entry = left.remove(line.id());
      if (entry == null) {
        throw new IllegalStateException("nothing says what line " + line.id() + " comes to");
      }
      lines.put(line.id().toUpperCase(Locale.ROOT), new RunbookLine(line, entry));
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException("the runbook has no lines " + left.keySet());
    }
    return Collections.unmodifiableMap(lines);
  }
}
