package com.hotdash.ops.github;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.escalation.Alert;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files the issue of an alert: once, also if the answer is lost or somebody else files it, too. */
final class IssueFiling {
  private final Issues issues;
  private final KnownIssues known;
  private final IssuePosts posts;
  private final IssueText text;

  IssueFiling(Issues issues, KnownIssues known, IssuePosts posts, IssueText text) {
    this.issues = issues;
    this.known = known;
    this.posts = posts;
    this.text = text;
  }

  /** GitHub refuses an issue for one bad label; what is left out is told as missing. */
  static List<String> fitting(List<String> wanted) {
    return wanted.stream().filter(IssueText::fitsLabel).toList();
  }

  Delivery file(
      Alert alert,
      List<String> wanted,
      KnownIssues.Seen seen,
      Deadline deadline,
      @Nullable String labelTrouble) {
    var marker = Marker.of(alert.key());
    var title = text.title(alert.title());
    var body = text.body(alert.body().toMarkdown() + seen.context(), marker.line(alert.key()));
    Issue made;
    String how;
    try {
      made = issues.create(title, body, fitting(wanted), deadline);
      how = "created";
    } catch (OpsException e) {
      if (!e.outcomeUnknown()) {
        throw e;
      }
      var found = known.await(marker, deadline);
      if (found == null) {
        return posts.delivery(
            Status.UNCERTAIN,
            text.redactor().redact("the answer was lost: " + e.problem())
                + "; the issue is not to be seen, and was not asked for again");
      }
      made = found;
      how = "created; the answer was lost, and the issue was found";
    }
    var missing = made.missing(wanted);
    if (seen.cut() != null) {
      how += "; there may be an older one: the list of issues was " + seen.cut();
    }
    if (labelTrouble != null && !missing.isEmpty()) {
      how += "; " + labelTrouble;
    }
    return oneOf(made, alert, marker, how, deadline).missing(missing);
  }

  /** Somebody else may have filed the same at the same moment: the older one stays. */
  private Delivery oneOf(Issue made, Alert alert, Marker marker, String how, Deadline deadline) {
    try {
      var older = known.look(marker, deadline).open();
      if (older == null || older.number() >= made.number()) {
        return posts.delivery(Status.CREATED, made, how);
      }
      var delivery =
          posts.comment(older, "Somebody else saw it too.", alert.body(), alert.key(), deadline);
      issues.comment(made.number(), "The same as " + older.url() + ", which is older.", deadline);
      issues.setState(made.number(), false, "not_planned", deadline);
      return delivery;
    } catch (OpsException e) {
      // People are told; only that they are told twice could not be helped.
      return posts.delivery(
          Status.CREATED,
          made,
          text.redactor().redact(how + "; a second one could not be ruled out: " + e.problem()));
    }
  }
}
