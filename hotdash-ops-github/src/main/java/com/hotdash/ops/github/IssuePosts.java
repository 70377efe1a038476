package com.hotdash.ops.github;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.escalation.AlertKey;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;

/** Adds to an issue, and says what became of it. */
final class IssuePosts {
  private final Issues issues;
  private final IssueText text;
  private final String place;

  IssuePosts(Issues issues, IssueText text, String place) {
    this.issues = issues;
    this.text = text;
    this.place = place;
  }

  /** Adds what ends with the alert's marker, by which it is found again. */
  Delivery comment(Issue issue, String words, Page page, AlertKey key, Deadline deadline) {
    var body = words + "\n\n" + page.toMarkdown();
    return add(issue, body, Marker.of(key).line(key), deadline);
  }

  /** Adds a comment, once. */
  Delivery add(Issue issue, String body, String end, Deadline deadline) {
    try {
      issues.comment(issue.number(), text.body(body, end), deadline);
      return delivery(Status.COMMENTED, issue, "added to what is open");
    } catch (OpsException e) {
      if (!e.outcomeUnknown()) {
        throw e;
      }
      return delivery(
          Status.UNCERTAIN,
          issue,
          text.redactor().redact("the answer to the comment was lost: " + e.problem()));
    }
  }

  /** What became of an issue. */
  Delivery delivery(Status status, Issue issue, String detail) {
    return Delivery.of(status, place, issue.number(), issue.url(), detail);
  }

  /** What became of an alert for which there is no issue to name. */
  Delivery delivery(Status status, String detail) {
    return Delivery.of(status, place, detail);
  }
}
