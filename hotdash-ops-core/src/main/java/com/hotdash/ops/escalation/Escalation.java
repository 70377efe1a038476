package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private static final Duration ALL = Duration.ofMinutes(3);
  private static final String UNNAMED = "unnamed";

  private final String environment;
  private final @Nullable AlertChain places;
  private final Manager manager;
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
    this(environment, places, new Manager(List.of(), NoticePolicy.DEFAULT, time), redactor, time);
  }

  /**
   * Makes one that also tells the manager.
   *
   * @param environment the environment's name, or {@code null} if nobody named it
   * @param places where people are told, in the order in which they are tried; may be empty
   * @param manager who is told of what is urgent; shared by all escalations of a process
   * @param redactor knows the secrets in use
   * @param time the time
   */
  public Escalation(
      @Nullable String environment,
      List<? extends AlertSink> places,
      Manager manager,
      Redactor redactor,
      Time time) {
    this.environment = environment == null || environment.isBlank() ? UNNAMED : environment;
    this.places = places.isEmpty() ? null : new AlertChain(places, redactor, EACH);
    this.manager = manager;
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
    var urgency = redacted(Urgency.of(diagnosis));
    var key = key(diagnosis.incident(), subject);
    var alert = Alerts.of(key, diagnosis, urgency, redactor);
    var delivery = places == null ? nowhere(key) : places.raise(alert, deadline());
    return urgency.priority().forManager()
        ? delivery.besides(manager.tell(alert, urgency, delivery.address(), places, redactor))
        : delivery;
  }

  /**
   * Tells the manager again of what stays urgent and nobody acknowledged, if it is due by then:
   * {@link NoticePolicy}. Nobody else is told. Ends within 40 s, and 20 s for each way.
   *
   * @param diagnosis what is found now
   * @return what became of it; empty if it is not due, or there is no way to tell
   */
  public Optional<Delivery> remind(Diagnosis diagnosis) {
    var urgency = redacted(Urgency.of(diagnosis));
    if (!urgency.priority().forManager() || !manager.reachable()) {
      return Optional.empty();
    }
    var alert = Alerts.of(key(diagnosis.incident(), ""), diagnosis, urgency, redactor);
    var all = manager.tell(alert, urgency, null, places, redactor);
    return all.stream()
        .filter(each -> each.status() != Status.SUPPRESSED)
        .findFirst()
        .map(first -> first.besides(all.subList(1, all.size())));
  }

  /**
   * Says that somebody is on it, for all processes to see: the manager is not told again, unless it
   * becomes more urgent. The same as a comment that begins with {@value Remark#ACKNOWLEDGED}; ends
   * within 3 minutes.
   *
   * @param incident the incident
   * @param who who is on it
   * @param words what this person says
   * @return what became of it; it fails loudly if nothing is open
   */
  public Delivery acknowledge(Incident incident, String who, String words) {
    var line = Remark.ACKNOWLEDGED + " by " + who;
    return comment(incident, "", line, Page.builder().paragraph(words).build());
  }

  /**
   * Adds to all that is open in this environment what somebody does about it; ends within a minute.
   *
   * @param words one line about what is added
   * @param page what is added
   * @return what became of it; {@link Status#SUPPRESSED} if nothing is open
   */
  public Delivery commentAll(String words, Page page) {
    return places == null
        ? Delivery.of(Status.SUPPRESSED, name(), "no place for alerts is configured")
        : places.commentAll(
            environment, redactor.redact(words), page.redacted(redactor), time.deadline(EACH));
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
            Alerts.labels(Severity.WARNING, Priority.P3));
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
    manager.over(key);
    return places == null
        ? nowhere(key)
        : places.resolve(key, figures.redacted(redactor), deadline());
  }

  private Urgency redacted(Urgency urgency) {
    return new Urgency(
        urgency.priority(), urgency.because().stream().map(redactor::redact).toList());
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

  @Override
  public String toString() {
    return "Alerts of " + environment + " go to " + name();
  }
}
