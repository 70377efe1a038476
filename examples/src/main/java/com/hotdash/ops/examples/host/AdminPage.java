package com.hotdash.ops.examples.host;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The service behind an admin page: triage, one incident with its plan, and the plan applied. Who
 * may call {@link #apply} is the host's to decide. Thread-safe.
 */
public final class AdminPage {
  /** Browsers and proxies give up after half a minute; the look is over before. */
  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final RunbookProcedures ops;
  private final Executor changes;

  /**
   * Makes the service.
   *
   * @param ops the runbook; stays the caller's
   * @param changes runs what is applied, which can take minutes: not the threads of requests
   */
  public AdminPage(RunbookProcedures ops, Executor changes) {
    this.ops = ops;
    this.changes = changes;
  }

  /**
   * Judges all incidents. Only reads.
   *
   * @return the triage
   */
  public Report triage() {
    return Report.of(ops.triage(WITHIN, soFar -> {}));
  }

  /**
   * Judges one incident, and plans the best of what it recommends. Only reads.
   *
   * @param incident which
   * @return the diagnosis, then the plan; the plan's {@code digest} is what {@link #apply} wants
   */
  public Report incident(Incident incident) {
    var diagnosis = ops.chapter(incident).diagnose(WITHIN);
    var parts = new ArrayList<>(List.of(Report.of(diagnosis)));
    try {
      parts.add(Report.of(ops.plan(diagnosis)));
    } catch (OpsException e) { // The diagnosis is worth showing also without a plan.
      return of(incident, Tone.PLAIN, "no plan", String.valueOf(e.getMessage()), parts);
    }
    return Report.of(incident.title(), Page.builder().build(), parts);
  }

  /**
   * Plans again and applies that plan if it is the one that was shown, then verifies. Pressing the
   * button twice is harmless: what is done already has another plan, or none.
   *
   * @param incident which
   * @param digest of the plan that the person has read
   * @param person who is logged in, for the journal
   * @param because why, for the journal
   * @return what was done and what came of it, or why nothing was
   */
  public CompletableFuture<Report> apply(
      Incident incident, String digest, String person, String because) {
    return CompletableFuture.supplyAsync(
        () -> applied(ops.as(person), incident, digest, because), changes);
  }

  private Report applied(RunbookProcedures by, Incident incident, String digest, String because) {
    var parts = new ArrayList<Report>();
    try {
      var plan = by.plan(by.chapter(incident).diagnose(WITHIN));
      parts.add(Report.of(plan));
      if (!plan.digest().equals(digest)) {
        return of(
            incident, Tone.BAD, "REFUSED", "this is another plan: read it, then decide", parts);
      }
      var execution = plan.apply(because);
      parts.add(Report.of(execution));
      parts.add(Report.of(execution.verify()));
    } catch (RefusedException e) {
      return of(incident, Tone.BAD, "REFUSED", String.valueOf(e.getMessage()), parts);
    } catch (OpsException e) { // Nothing was changed: after the first write, executions tell.
      return of(incident, Tone.UNSURE, "NOT DONE", String.valueOf(e.getMessage()), parts);
    }
    return Report.of(incident.title(), Page.builder().build(), parts);
  }

  private static Report of(
      Incident incident, Tone tone, String word, String text, List<Report> parts) {
    var lead = Page.builder().callout(tone, word, text).build();
    return Report.of(incident.title(), lead, parts).with("outcome", word).with("why", text);
  }

  /**
   * Writes a report for a browser.
   *
   * @param report the report
   * @return one document that needs no network, without secrets
   */
  public String html(Report report) {
    return report.html(ops.redactor());
  }

  /**
   * Writes a report for a program.
   *
   * @param report the report
   * @return one JSON object, without secrets
   */
  public String json(Report report) {
    return report.json(ops.redactor());
  }
}
