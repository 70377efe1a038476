package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of the Common Incidents Runbook: what it says, what is wrong with it, and what it comes
 * to here. Immutable and thread-safe.
 */
public final class RunbookLine {
  private static final String DANGER = "DANGER: ";

  private final TextLine line;
  private final Entry entry;

  RunbookLine(TextLine line, Entry entry) {
    this.line = line;
    this.entry = entry;
  }

  /**
   * Returns its place.
   *
   * @return such as {@code R4.D2}
   */
  public String id() {
    return line.id();
  }

  /**
   * Returns what kind of line it is.
   *
   * @return the kind
   */
  public LineKind kind() {
    return line.kind();
  }

  /**
   * Returns the chapter that it stands in.
   *
   * @return the incident, or empty for what belongs to none
   */
  public Optional<Incident> incident() {
    return Optional.ofNullable(line.incident());
  }

  /**
   * Returns the step and the comments that it stands under.
   *
   * @return such as {@code Too many connections: Kill idle connections}; may be empty
   */
  public String under() {
    return line.under();
  }

  /**
   * Returns the line as the runbook has it. It is there to be compared, not to be typed.
   *
   * @return one line
   */
  public String text() {
    return line.text();
  }

  /**
   * Returns what is wrong or dangerous about it.
   *
   * @return one clause; empty if nothing is
   */
  public String fault() {
    return entry.fault();
  }

  /**
   * Returns whether typing it as written can make an outage worse.
   *
   * @return true if {@link #fault} says so
   */
  public boolean dangerous() {
    return fault().startsWith(DANGER);
  }

  /**
   * Returns what covers it here, or why nothing does.
   *
   * @return one clause
   */
  public String coveredBy() {
    return entry.coveredBy();
  }

  /**
   * Returns what it leaves open.
   *
   * @return the arguments of {@link #invoke(RunbookProcedures, Map)}
   */
  public List<Argument> arguments() {
    return entry.arguments();
  }

  /**
   * Does what the line means, as far as looking goes. A line that changes something is planned and
   * never applied. Takes 30 s at most, as a rule a few.
   *
   * @param ops the runbook to look with
   * @return what it comes to
   */
  public Answer invoke(RunbookProcedures ops) {
    return invoke(ops, Map.of());
  }

  /**
   * Does what the line means, as {@link #invoke(RunbookProcedures)} does, with what it leaves open.
   *
   * @param ops the runbook to look with
   * @param arguments by name, as {@link #arguments} lists them
   * @return what it comes to
   * @throws IllegalArgumentException if there is no such argument, or it cannot be one
   */
  public Answer invoke(RunbookProcedures ops, Map<String, String> arguments) {
    var given = new Given(id(), Map.copyOf(arguments)).checked(arguments());
    return new Question(this, ops, given).answer(entry.way());
  }

  /**
   * Returns the line as a page.
   *
   * @return the page
   */
  public Page page() {
    var page = head();
    if (!arguments().isEmpty()) {
      page.heading(2, "Arguments").bullets(arguments().stream().map(Object::toString).toList());
    }
    return page.build();
  }

  /** What stands above every answer, too. */
  Page.Builder head() {
    var page = Page.builder().heading(1, id() + (under().isEmpty() ? "" : ", " + under()));
    page.fact("As written", text());
    if (dangerous()) {
      page.callout(Tone.BAD, "DANGER", fault().substring(DANGER.length()));
    } else if (!fault().isEmpty()) {
      page.callout(Tone.UNSURE, "CAUTION", fault());
    }
    return page.fact("Covered by", coveredBy());
  }

  Map<String, Object> data() {
    return Map.of(
        "id", id(),
        "kind", kind().name(),
        "incident", incident().map(Incident::slug).orElse(""),
        "under", under(),
        "text", text(),
        "fault", fault(),
        "dangerous", dangerous(),
        "coveredBy", coveredBy(),
        "arguments", arguments().stream().map(Argument::data).toList());
  }

  /** Returns the line and how to invoke it, in a few lines. */
  @Override
  public String toString() {
    var given =
        arguments().stream()
            .filter(Argument::required)
            .map(each -> "\"" + each.name() + "\", \"" + each.example() + "\"")
            .collect(Collectors.joining(", "));
    return page()
        + "\n\nRunbook.line(\""
        + id()
        + "\").invoke(ops"
        + (given.isEmpty() ? "" : ", Map.of(" + given + ")")
        + ")";
  }
}
