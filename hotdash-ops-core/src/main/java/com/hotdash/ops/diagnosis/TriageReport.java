package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Which incident it is: all of them judged by one look at the world. Immutable.
 *
 * @param estate where
 * @param at when the look began
 * @param complete whether the look has ended; if not, verdicts other than a problem may still
 *     change
 * @param ranked the incidents that were judged: causes before their effects, then the worst first
 * @param shared what several of them have in common, said once
 */
public record TriageReport(
    Estate estate, Instant at, boolean complete, List<Ranked> ranked, List<Shared> shared) {
  private static final String TRIAGE = "ops.triage()";

  /** Copies the lists. */
  public TriageReport {
    ranked = List.copyOf(ranked);
    shared = List.copyOf(shared);
  }

  /**
   * One incident in its place.
   *
   * @param diagnosis what it comes to
   * @param effectOf the incidents that are likely to cause this one; none if it stands by itself
   */
  public record Ranked(Diagnosis diagnosis, List<Incident> effectOf) {
    /** Copies the list. */
    public Ranked {
      effectOf = List.copyOf(effectOf);
    }
  }

  /**
   * Something that several incidents have in common.
   *
   * @param what such as a release or a vendor's trouble
   * @param incidents those incidents
   */
  public record Shared(String what, List<Incident> incidents) {
    /** Copies the list. */
    public Shared {
      incidents = List.copyOf(incidents);
    }
  }

  /**
   * Returns what all of it comes to.
   *
   * @return a problem if one incident is there; OK only if each was judged and is, and the look has
   *     ended
   */
  public Verdict verdict() {
    var all = Verdict.rollUp(ranked.stream().map(each -> each.diagnosis().verdict()).toList());
    return all == Verdict.OK && !complete ? Verdict.UNKNOWN : all;
  }

  /**
   * Returns the incident to see to first.
   *
   * @return the first that is a problem, or empty if none is
   */
  public Optional<Diagnosis> first() {
    return ranked.stream()
        .map(Ranked::diagnosis)
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .findFirst();
  }

  /**
   * Finds the diagnosis of one incident.
   *
   * @param incident the incident
   * @return its diagnosis, or empty if it was not judged yet
   */
  public Optional<Diagnosis> diagnosis(Incident incident) {
    return ranked.stream()
        .map(Ranked::diagnosis)
        .filter(each -> each.incident() == incident)
        .findFirst();
  }

  /**
   * Returns the line to type next: another one than that which made this.
   *
   * @return the first problem's, or the diagnosis of the first incident that could not be judged
   */
  public Optional<String> next() {
    return first()
        .map(
            each ->
                each.recommendations().stream()
                    .map(Recommendation::line)
                    .filter(line -> !line.isBlank() && !line.equals(TRIAGE))
                    .findFirst()
                    .orElseGet(() -> line(each.incident())))
        .or(
            () ->
                ranked.stream()
                    .map(Ranked::diagnosis)
                    .filter(each -> each.verdict() == Verdict.UNKNOWN)
                    .map(each -> line(each.incident()))
                    .findFirst());
  }

  private static String line(Incident incident) {
    return "ops." + incident.method() + "().diagnose()";
  }

  /**
   * Returns what could not be looked at, for whichever incident.
   *
   * @return each once
   */
  public List<NotChecked> notChecked() {
    return ranked.stream()
        .flatMap(each -> each.diagnosis().notChecked().stream())
        .distinct()
        .toList();
  }

  /**
   * Returns the report as a page: all incidents on the first screen, then the problems in full.
   *
   * @return the page
   */
  public Page page() {
    return page((diagnosis, line) -> line);
  }

  /**
   * Returns the report as a page for whoever types something else than Java.
   *
   * @param next gives the next thing to do about a diagnosis in the reader's terms; what is no Java
   *     line is a sentence and can stay
   * @return the page
   */
  public Page page(BiFunction<Diagnosis, String, String> next) {
    return TriagePage.of(this, next);
  }

  /** Returns the first screen. */
  @Override
  public String toString() {
    return TriagePage.screen(this).toText(Page.DEFAULT_WIDTH);
  }
}
