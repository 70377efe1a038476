package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of a diagnosis: in the first place that works, and the manager if it is urgent
 * enough ({@link Priority#forManager}). The same incident of the same environment is the same
 * problem, however its findings change while it lasts. Everything is redacted before a place of
 * delivery sees it. Thread-safe.
 *
 * <p>Look at the answer: if nobody was told, it and a line in the log are all that says so.
 */
public final class Escalation {
  private static final Logger LOG = LoggerFactory.getLogger(Escalation.class);
  private static final Duration EACH = Duration.ofSeconds(60);
  private static final Duration MANAGER = Duration.ofSeconds(20);
  private static final Duration ALL = Duration.ofMinutes(3);
  private static final String UNNAMED = "unnamed";

  private final String environment;
  private final @Nullable AlertChain places;
  private final List<Notifier> managers;
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
    this(environment, places, List.of(), redactor, time);
  }

  /**
   * Makes one that also tells the manager.
   *
   * @param environment the environment's name, or {@code null} if nobody named it
   * @param places where people are told, in the order in which they are tried; may be empty
   * @param managers who is told of what is urgent: each of them, in this order; may be empty
   * @param redactor knows the secrets in use
   * @param time the time
   */
  public Escalation(
      @Nullable String environment,
      List<? extends AlertSink> places,
      List<? extends Notifier> managers,
      Redactor redactor,
      Time time) {
    this.environment = environment == null || environment.isBlank() ? UNNAMED : environment;
    this.places = places.isEmpty() ? null : new AlertChain(places, redactor, EACH);
    this.managers = List.copyOf(managers);
    this.redactor = redactor;
    this.time = time;
  }

  /**
   * Tells people of a diagnosis, at most once each place; ends within 3 minutes, and 20 s for each
   * way to the manager.
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
    var urgency = Urgency.of(diagnosis);
    var key = key(diagnosis.incident(), subject);
    var alert =
        new Alert(
            key,
            severity,
            redactor.redact(key + ": " + headline(diagnosis)),
            body(urgency, diagnosis.page()),
            labels(severity, urgency.priority()));
    var deadline = deadline();
    var delivery = places == null ? nowhere(key) : places.raise(alert, deadline);
    return urgency.priority().forManager()
        ? delivery.besides(toldManagers(new Notice(alert, redacted(urgency), delivery.address())))
        : delivery;
  }

  /**
   * Adds a plan to what is open of an incident, so that whoever comes next knows what is about to
   * be done; ends within 3 minutes.
   *
   * @param incident the incident
   * @param plan the plan
   * @return what became of it; it fails loudly if nothing is open
   */
  public Delivery planned(Incident incident, Plan plan) {
    return comment(incident, "", "A plan, not yet applied: " + plan.digest(), plan.page());
  }

  /**
   * Adds what was done to what is open of an incident; ends within 3 minutes.
   *
   * @param incident the incident
   * @param execution what was done
   * @return what became of it; it fails loudly if nothing is open
   */
  public Delivery done(Incident incident, Execution execution) {
    return comment(incident, "", "Execution " + execution.id(), execution.page());
  }

  /**
   * Adds what was measured after a change to what is open of an incident; ends within 3 minutes.
   *
   * @param incident the incident
   * @param verification what was measured
   * @return what became of it; it fails loudly if nothing is open
   */
  public Delivery measured(Incident incident, Verification verification) {
    return comment(incident, "", "Measured: " + verification.result(), verification.page());
  }

  /**
   * Adds something to what is open of a problem, in the first place that has it; ends within 3
   * minutes.
   *
   * @param incident the incident
   * @param subject the same as when people were told of it
   * @param words one line about what is added
   * @param page what is added
   * @return what became of it; it fails loudly if nothing is open
   */
  public Delivery comment(Incident incident, String subject, String words, Page page) {
    var key = key(incident, subject);
    return places == null
        ? nowhere(key)
        : places.comment(key, redactor.redact(words), page.redacted(redactor), deadline());
  }

  /**
   * Tells people of something that no single diagnosis says, such as that nobody can look; ends
   * within 3 minutes. The manager is not told.
   *
   * @param incident the chapter of the runbook that it belongs to
   * @param subject what it is about: nothing that changes while the problem lasts
   * @param headline one line; may hold numbers
   * @param page what a person is to read
   * @return what became of it
   */
  public Delivery warn(Incident incident, String subject, String headline, Page page) {
    var key = key(incident, subject);
    var alert =
        new Alert(
            key,
            Severity.WARNING,
            redactor.redact(key + ": " + headline),
            page.redacted(redactor),
            labels(Severity.WARNING, Priority.P3));
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

  private Page body(Urgency urgency, Page page) {
    return Page.builder()
        .fact("Priority", urgency.toString())
        .append(page)
        .build()
        .redacted(redactor);
  }

  private Urgency redacted(Urgency urgency) {
    return new Urgency(
        urgency.priority(), urgency.because().stream().map(redactor::redact).toList());
  }

  /** Each is told, whatever became of the others and of the issue. */
  private List<Delivery> toldManagers(Notice notice) {
    var all = new ArrayList<Delivery>();
    for (var manager : managers) {
      var told = told(manager, notice);
      if (!told.delivered()) {
        // Whoever drops the answer would be the only one to know.
        LOG.warn("manager not told [notice={} outcome={}]", notice, told);
      }
      all.add(told);
    }
    if (all.isEmpty()) {
      all.add(
          Delivery.of(
              Status.FAILED,
              "the manager",
              "no way is configured; set HOTDASH_OPS_NOTIFY_URL, hand the runbook one by"
                  + " notifier(…), or call"));
    }
    return all;
  }

  private Delivery told(Notifier manager, Notice notice) {
    try {
      return manager.tell(notice, time.deadline(MANAGER));
    } catch (RuntimeException e) {
      // Somebody's way broke its word. It may have told the manager, and the next must be tried.
      return Delivery.of(
          Status.UNCERTAIN, manager.name(), redactor.redact("it broke its word and threw " + e));
    }
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

  /** The words that HotDash's own workflows and people file under: facts/hotdash.md. */
  private static List<String> labels(Severity severity, Priority priority) {
    var labels = new ArrayList<>(List.of("monitoring"));
    labels.add(
        "priority:"
            + switch (priority.forManager() ? Severity.CRITICAL : severity) {
              case CRITICAL -> "high";
              case WARNING -> "medium";
              case INFO -> "low";
            });
    labels.add(priority.name());
    if (priority == Priority.P0) {
      labels.addAll(List.of("downtime", "critical"));
    }
    return labels;
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
