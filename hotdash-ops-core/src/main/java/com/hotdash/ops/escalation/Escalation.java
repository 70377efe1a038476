package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of a diagnosis. The same incident of the same environment is the same problem,
 * however its findings change while it lasts. Everything is redacted before a place of delivery
 * sees it. Thread-safe.
 *
 * <p>Look at the answer: if nobody was told, it and a line in the log are all that says so.
 */
public final class Escalation {
  private static final Logger LOG = LoggerFactory.getLogger(Escalation.class);
  private static final Duration EACH = Duration.ofSeconds(60);
  private static final Duration ALL = Duration.ofMinutes(3);
  private static final String UNNAMED = "unnamed";

  private final String environment;
  private final @Nullable AlertChain places;
  private final Redactor redactor;
  private final Time time;

  /**
   * Makes one.
   *
   * @param environment the environment's name, or {@code null} if nobody named it
   * @param places where people are told, in the order in which they are tried; may be empty, then
   *     every delivery fails and says how to change that
   * @param redactor knows the secrets in use
   * @param time the time
   */
  public Escalation(
      @Nullable String environment,
      List<? extends AlertSink> places,
      Redactor redactor,
      Time time) {
    this.environment = environment == null || environment.isBlank() ? UNNAMED : environment;
    this.places = places.isEmpty() ? null : new AlertChain(places, redactor, EACH);
    this.redactor = redactor;
    this.time = time;
  }

  /**
   * Tells people of a diagnosis, at most once each place; ends within 3 minutes.
   *
   * @param diagnosis what was found; nobody is told of one that is OK
   * @return what became of it
   */
  public Delivery issue(Diagnosis diagnosis) {
    return issue(diagnosis, "");
  }

  /**
   * Tells people of a diagnosis, as a problem of its own beside others of the same incident.
   *
   * @param diagnosis what was found; nobody is told of one that is OK
   * @param subject what it is about, such as a group of routes: nothing that changes while the
   *     problem lasts; empty for all
   * @return what became of it
   */
  public Delivery issue(Diagnosis diagnosis, String subject) {
    if (diagnosis.verdict() == Verdict.OK) {
      return Delivery.of(Status.SUPPRESSED, name(), "the diagnosis is OK: nothing to tell");
    }
    var severity = severity(diagnosis);
    var key = key(diagnosis.incident(), subject);
    var alert =
        new Alert(
            key,
            severity,
            redactor.redact(key + ": " + headline(diagnosis)),
            diagnosis.page().redacted(redactor),
            List.of("monitoring", priority(severity)));
    return places == null ? nowhere(key) : places.raise(alert, deadline());
  }

  /**
   * Tells people that a problem is over, which was verified; ends within 3 minutes.
   *
   * @param incident the incident
   * @param subject the same as when they were told of it
   * @param figures what was measured, such as {@code verification.page()}
   * @return what became of it
   */
  public Delivery over(Incident incident, String subject, Page figures) {
    var key = key(incident, subject);
    return places == null
        ? nowhere(key)
        : places.resolve(key, figures.redacted(redactor), deadline());
  }

  private AlertKey key(Incident incident, String subject) {
    return new AlertKey(environment, incident, redactor.redact(subject));
  }

  private Deadline deadline() {
    return time.deadline(ALL);
  }

  private String name() {
    return places == null ? "nowhere" : places.name();
  }

  private Delivery nowhere(AlertKey key) {
    var failed =
        Delivery.of(
            Status.FAILED,
            name(),
            "no place for alerts is configured; set GITHUB_TOKEN and GITHUB_REPOSITORY, or hand"
                + " the runbook one by alerts(…)");
    // Whoever drops the answer would be the only one to know.
    LOG.warn("alert not delivered [alert={} outcome={}]", key, failed);
    return failed;
  }

  /** The worst of what is wrong. That something could not be looked at is never a mere notice. */
  private static Severity severity(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.PROBLEM)
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.WARNING);
  }

  private static String priority(Severity severity) {
    return "priority:"
        + switch (severity) {
          case CRITICAL -> "high";
          case WARNING -> "medium";
          case INFO -> "low";
        };
  }

  private static String headline(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.verdict() == diagnosis.verdict())
        .map(finding -> finding.summary().lines().findFirst().orElse(""))
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElseGet(() -> diagnosis.verdict().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return "Alerts of " + environment + " go to " + name();
  }
}
