package com.hotdash.ops.github;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.escalation.Alert;
import com.hotdash.ops.escalation.AlertEntry;
import com.hotdash.ops.escalation.AlertKey;
import com.hotdash.ops.escalation.AlertSink;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Issues as alerts: one open issue for each problem, found by a hidden line in its body, among
 * those that carry the label {@value #LABEL}. A repetition is a comment, not too often; one that
 * comes back soon opens its issue again; two writers at once end up with one issue. A write whose
 * answer was lost is looked for and never repeated.
 *
 * <p>What is written is redacted, cut to GitHub's bounds, and calls nobody. Needs {@code issues:
 * write}; without the right to push, GitHub drops labels without a word, so they are read back and
 * told in the delivery. Thread-safe.
 */
public final class GitHubIssues implements AlertSink {
  /** The label by which our issues are listed. */
  public static final String LABEL = "hotdash-ops";

  /** How often people are told of the same problem, unless said otherwise. */
  public static final Duration COMMENT_EVERY = Duration.ofMinutes(30);

  /** How soon a problem must come back for its issue to be opened again, unless said otherwise. */
  public static final Duration REOPEN_WITHIN = Duration.ofHours(24);

  // Three writes that notify people take nine seconds at GitHub's pace.
  private static final int MOST_AT_ONCE = 3;

  private final GitHubApi api;
  private final Issues issues;
  private final IssueText text;
  private final Duration commentEvery;
  private final Duration reopenWithin;
  private final Repetitions repetitions = new Repetitions();
  private final KnownLabels labels;
  private final KnownIssues known;
  private final IssuePosts posts;
  private final IssueFiling filing;

  GitHubIssues(
      GitHubApi api,
      Issues issues,
      Redactor redactor,
      Duration commentEvery,
      Duration reopenWithin) {
    this.api = api;
    this.issues = issues;
    this.text = new IssueText(api.redactor().and(redactor));
    this.commentEvery = commentEvery;
    this.reopenWithin = reopenWithin;
    this.labels = new KnownLabels(issues);
    this.known = new KnownIssues(issues, api.time());
    this.posts = new IssuePosts(issues, text, name());
    this.filing = new IssueFiling(issues, known, posts, text);
  }

  @Override
  public String name() {
    return "issues of " + api.repository();
  }

  @Override
  public Delivery raise(Alert alert, Deadline deadline) {
    return told(() -> raised(alert, deadline));
  }

  @Override
  public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
    return told(() -> resolved(key, figures, deadline));
  }

  @Override
  public Delivery comment(AlertKey key, String words, Page page, Deadline deadline) {
    return told(() -> added(key, words, page, deadline));
  }

  @Override
  public Reading<AlertEntry> entry(AlertKey key, Instant since, Deadline deadline) {
    var what = "the issue of " + key;
    return Looking.at(
        what,
        text.redactor(),
        () -> {
          var marker = Marker.of(key);
          var open = known.look(marker, deadline).open();
          if (open == null) {
            return Reading.unread(
                new NotChecked(what, Why.TOO_LITTLE_DATA, "none is open", "raise the alert"));
          }
          var remarks = new IssueRemarks(issues, text.redactor());
          return Reading.of(
              new AlertEntry(open.url(), remarks.of(open, marker, since, deadline)),
              Evidence.of(open.toString(), name(), now()));
        });
  }

  @Override
  public Delivery commentAll(String environment, String words, Page page, Deadline deadline) {
    return told(() -> addedToAll(environment, words, page, deadline));
  }

  private Delivery told(Delivering act) {
    try {
      return act.deliver();
    } catch (OpsException e) {
      var detail =
          e.operation().name()
              + ": "
              + e.problem()
              + e.nextStep().map(next -> "; " + next).orElse("");
      return Delivery.of(
          e.outcomeUnknown() ? Status.UNCERTAIN : Status.FAILED,
          name(),
          text.redactor().redact(detail));
    }
  }

  private Delivery raised(Alert alert, Deadline deadline) {
    var marker = Marker.of(alert.key());
    var wanted = wanted(alert);
    var labelTrouble = labels.ensure(IssueFiling.fitting(wanted), deadline);
    var seen = known.look(marker, deadline);
    var open = seen.open();
    if (open != null) {
      return repeated(open, alert, marker, deadline).missing(open.missing(List.of(LABEL)));
    }
    var closed = seen.closed();
    if (closed != null && soon(closed)) {
      issues.setState(closed.number(), true, "reopened", deadline);
      var delivery = posts.comment(closed, IssueRemarks.BACK, alert.body(), alert.key(), deadline);
      return delivery.delivered()
          ? posts.delivery(
              Status.REOPENED, closed, "closed " + closed.closedAt() + ", and it is back")
          : delivery;
    }
    return filing.file(alert, wanted, seen, deadline, labelTrouble);
  }

  private static List<String> wanted(Alert alert) {
    var words = new ArrayList<>(List.of(LABEL, alert.key().environment(), "automated"));
    words.addAll(alert.labels());
    if (alert.severity() == Severity.CRITICAL) {
      words.add("priority:high");
    }
    return words.stream().distinct().toList();
  }

  private boolean soon(Issue closed) {
    var at = closed.closedAt();
    // Who closed it as not planned has said that it is not to be heard of again in that place.
    return at != null
        && (closed.closedAs() == null || closed.closedAs().equals("completed"))
        && Duration.between(at, now()).compareTo(reopenWithin) <= 0;
  }

  private Delivery repeated(Issue open, Alert alert, Marker marker, Deadline deadline) {
    var since = now().minus(commentEvery);
    var last = issues.lastComment(open.number(), marker, since, deadline);
    var created = open.createdAt();
    if (last != null || (created != null && created.isAfter(since))) {
      int times = repetitions.add(marker);
      return posts.delivery(
          Status.SUPPRESSED,
          open,
          times
              + (times == 1 ? " repetition" : " repetitions")
              + " since people were last told, at "
              + (last == null ? created : last)
              + "; next comment after "
              + commentEvery.toMinutes()
              + " min");
    }
    int times = repetitions.count(marker);
    var words = times == 0 ? "Still there." : "Still there: seen %,d more times.".formatted(times);
    var delivery = posts.comment(open, words, alert.body(), alert.key(), deadline);
    if (delivery.delivered()) {
      repetitions.clear(marker);
    }
    return delivery;
  }

  private Delivery resolved(AlertKey key, Page figures, Deadline deadline) {
    var marker = Marker.of(key);
    var open = known.look(marker, deadline).open();
    if (open == null) {
      return Delivery.of(Status.SUPPRESSED, name(), "nothing is open for " + key);
    }
    var delivery = posts.comment(open, "It is over, which was measured.", figures, key, deadline);
    issues.setState(open.number(), false, "completed", deadline);
    repetitions.clear(marker);
    return delivery.delivered()
        ? posts.delivery(Status.CLOSED, open, "closed as completed")
        : posts.delivery(
            Status.CLOSED, open, "closed; the figures may be missing: " + delivery.detail());
  }

  /** Not an alert: it ends without the marker, so that it delays none. */
  private Delivery added(AlertKey key, String words, Page page, Deadline deadline) {
    var open = known.look(Marker.of(key), deadline).open();
    return open == null
        ? Delivery.of(
            Status.FAILED, name(), "no issue is open for " + key + "; raise the alert first")
        : posts.add(open, words + "\n\n" + page.toMarkdown(), "", deadline);
  }

  private Delivery addedToAll(String environment, String words, Page page, Deadline deadline) {
    var open =
        issues.list(LABEL, "open", deadline).entries().stream()
            .filter(each -> Marker.isIn(each.body()))
            .map(Issues.Entry::issue)
            .filter(each -> each.missing(List.of(environment)).isEmpty())
            .limit(MOST_AT_ONCE)
            .toList();
    var all = new ArrayList<Delivery>();
    for (var issue : open) {
      all.add(posts.add(issue, words + "\n\n" + page.toMarkdown(), "", deadline));
    }
    return all.isEmpty()
        ? Delivery.of(Status.SUPPRESSED, name(), "nothing is open for " + environment)
        : all.get(0).besides(all.subList(1, all.size()));
  }

  private Instant now() {
    return api.time().now();
  }

  private interface Delivering {
    Delivery deliver();
  }
}
